import {symbol, symbolCircle, symbolDiamond2, symbolSquare, symbolTriangle} from "d3";
import type {Places} from "./selection.js";

const shapes = [symbolCircle, symbolTriangle, symbolSquare, symbolDiamond2];

export interface Drawing {
  /** Index of each point's symbol. */
  shape: number[];
  /** CSS colours. */
  fill: string[];
  /** Points that stand out; all where it is empty. */
  selected: ReadonlySet<number>;
  /** Area of a symbol, in square pixels. */
  area: number;
}

/** Draws points on a canvas of CSS pixels: some hundreds in about a millisecond, which as many SVG elements are not. */
export function drawPoints(canvas: HTMLCanvasElement, places: Places, {shape, fill, selected, area}: Drawing): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const density = canvas.width / canvas.clientWidth || 1;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  const paths = shapes.map((type) => new Path2D(symbol(type, area)() ?? ""));
  for (const pass of [false, true]) {
    context.globalAlpha = pass ? 0.85 : 0.15;
    for (let i = 0; i < fill.length; ++i) {
      if ((selected.size === 0 || selected.has(i)) !== pass) continue;
      context.setTransform(density, 0, 0, density, density * places[2 * i], density * places[2 * i + 1]);
      context.fillStyle = fill[i];
      context.fill(paths[shape[i] % paths.length]);
    }
  }
}

/** CSS colours as the browser computes them here: a canvas knows no variables. */
export function computed(element: Element, colors: readonly string[]): string[] {
  const probe = element.ownerDocument.createElement("span");
  element.append(probe);
  const known = new Map<string, string>();
  for (const color of new Set(colors)) {
    probe.style.color = color;
    known.set(color, getComputedStyle(probe).color);
  }
  probe.remove();
  return colors.map((color) => known.get(color)!);
}
