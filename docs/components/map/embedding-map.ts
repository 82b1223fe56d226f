import {html, svg} from "htl";
import {classTitle} from "../shared/classes.js";
import {computed, drawPoints} from "./canvas.js";
import {type Choice, listen} from "./gestures.js";
import type {Places, Point} from "./selection.js";

export interface MapOptions {
  /** Side of the square, in CSS pixels. */
  size: number;
  classes: string[];
  /** What the picture is: its accessible name. */
  label: string;
  places: Places;
  fill: string[];
  onchoice?: (choice: Choice) => void;
}

/** A map that can be changed without being drawn anew. */
export interface EmbeddingMap {
  element: HTMLElement;
  /** Moves every point to its new place, in so many milliseconds; at once where the reader prefers less motion. */
  show(places: Places, milliseconds?: number): void;
  paint(fill: string[]): void;
  choose(choice: Choice): void;
}

/** Slow at both ends. */
const ease = (t: number) => t * t * (3 - 2 * t);

/**
 * The points of a map: drawn around with the mouse to choose some, clicked or reached with the arrow keys for details.
 * Space adds the reached point to the chosen ones or removes it, Escape forgets them all.
 */
export function embeddingMap(points: readonly Point[], options: MapOptions): EmbeddingMap {
  const {size, classes, label, onchoice} = options;
  const density = globalThis.devicePixelRatio ?? 1;
  const canvas = html`<canvas
    width=${size * density}
    height=${size * density}
    style=${{width: `${size}px`, height: `${size}px`}}
  ></canvas>` as HTMLCanvasElement;
  const ring = svg`<circle r="8" class="map-focus" visibility="hidden"></circle>` as SVGCircleElement;
  const lasso = svg`<path class="map-lasso"></path>` as SVGPathElement;
  const status = html`<p class="visually-hidden" role="status"></p>`;
  const element = html`<div
    class="map-frame"
    style=${{width: `${size}px`, height: `${size}px`}}
    tabindex="0"
    role="application"
    aria-label=${`${label}. Arrow keys go from point to point, Space adds or removes one, Escape clears the selection.`}
  >
    ${canvas}${svg`<svg width=${size} height=${size} aria-hidden="true">${lasso}${ring}</svg>`}${status}
  </div>`;
  const shape = points.map((p) => classes.indexOf(p.actual));
  let {places, fill} = options;
  let choice: Choice = {selected: []};
  let colors: string[] | undefined;
  let animation = 0;

  function draw() {
    colors ??= computed(element, fill);
    drawPoints(canvas, places, {shape, fill: colors, selected: new Set(choice.selected), area: size < 420 ? 22 : 42});
    const {focus} = choice;
    ring.setAttribute("visibility", focus === undefined ? "hidden" : "visible");
    if (focus !== undefined) {
      ring.setAttribute("cx", String(places[2 * focus]));
      ring.setAttribute("cy", String(places[2 * focus + 1]));
    }
  }
  function choose(next: Choice) {
    choice = next;
    const point = points[choice.focus ?? -1];
    status.textContent = point ? describe(point) : "";
    draw();
  }
  function change(next: Choice) {
    choose(next);
    onchoice?.(next);
  }
  function show(to: Places, milliseconds = 0) {
    cancelAnimationFrame(animation);
    const from = places;
    const start = performance.now();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const frame = (now: number) => {
      const t = still || milliseconds === 0 ? 1 : Math.min(1, Math.max(0, (now - start) / milliseconds));
      places = t === 1 ? to : from.map((value, at) => value + ease(t) * (to[at] - value));
      draw();
      if (t < 1) animation = requestAnimationFrame(frame);
    };
    frame(start);
  }
  listen(element, lasso, {places: () => places, choice: () => choice, change});
  const repaint = () => {
    colors = undefined;
    draw();
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  requestAnimationFrame(repaint); // once it is in the page, where the theme's colours are known
  return {
    element,
    show,
    choose,
    paint: (next) => {
      fill = next;
      repaint();
    }
  };
}

const describe = ({row, actual, predicted}: Point) =>
  `Row ${row}: ${classTitle(actual)}, predicted ${classTitle(predicted)}`;
