import {type BrushBehavior, type D3BrushEvent, brush, select} from "d3";
import {html} from "htl";
import {embeddingPlot, type MapOptions} from "./embedding-plot.js";
import {type Box, type Point, steer, within} from "./selection.js";

/** The map with a rectangle that selects: drawn with the mouse, or moved with the arrow keys. */
export function embeddingMap(all: readonly Point[], options: MapOptions): HTMLElement {
  const plot = embeddingPlot(all, options);
  const [x, y] = [plot.scale("x"), plot.scale("y")];
  const place = (p: Point): [number, number] => [x?.apply(p.x) as number, y?.apply(p.y) as number];
  const frame: Box = [10, 10, (options.width ?? 640) - 10, Number(plot.getAttribute("height")) - 10];
  let box: Box | null = null;
  const behavior: BrushBehavior<unknown> = brush()
    .extent([
      [frame[0], frame[1]],
      [frame[2], frame[3]]
    ])
    .touchable(() => false)
    .on("brush end", ({selection, type, sourceEvent}: D3BrushEvent<unknown>) => {
      box = selection ? (selection.flat() as Box) : null;
      if (type === "end" || sourceEvent?.type === "mousemove") options.onselect?.(within(all, box, place));
    });
  const layer = select<SVGSVGElement, unknown>(plot).append("g").attr("class", "brush").call(behavior);
  const onkeydown = (event: KeyboardEvent) => {
    const next = steer(box, event.key, event.shiftKey, frame);
    if (next === undefined) return;
    event.preventDefault();
    layer.call(
      behavior.move,
      next && [
        [next[0], next[1]],
        [next[2], next[3]]
      ]
    );
  };
  return html`<div
    class="map-frame"
    tabindex="0"
    role="application"
    onkeydown=${onkeydown}
    aria-label="Selection rectangle in the map: arrow keys move it, Shift with arrow keys resizes it, Escape removes it"
  >
    ${plot}
  </div>`;
}
