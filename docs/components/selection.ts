import type {EmbeddingArtifact} from "../../src/loaders/types.js";

/** A test image in the map. */
export interface Point {
  row: number;
  actual: string;
  predicted: string;
  x: number;
  y: number;
}

/** A rectangle in pixels: left, top, right, bottom. */
export type Box = [number, number, number, number];

/** The points of a run's map. */
export const points = (run: EmbeddingArtifact["runs"][number], classes: string[]): Point[] =>
  run.row.map((row, i) => ({
    row,
    actual: classes[run.actual[i]],
    predicted: classes[run.predicted[i]],
    x: run.x[i],
    y: run.y[i]
  }));

/** The points whose place on the screen lies in a box; all of them without one. */
export function within(all: readonly Point[], box: Box | null, place: (p: Point) => [number, number]): Point[] {
  if (!box) return [...all];
  const [left, top, right, bottom] = box;
  return all.filter((p) => {
    const [x, y] = place(p);
    return x >= left && x <= right && y >= top && y <= bottom;
  });
}

/** Where a box goes when a key is pressed: arrows move it, with Shift they resize it, always inside the frame; Escape removes it. */
export function steer(box: Box | null, key: string, shift: boolean, frame: Box, step = 12): Box | null | undefined {
  const directions: Record<string, [number, number]> = {
    ArrowDown: [0, 1],
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1]
  };
  if (key === "Escape") return null;
  const direction = directions[key];
  if (!direction) return undefined;
  const [left, top, right, bottom] = frame;
  if (!box) {
    const [cx, cy, w, h] = [(left + right) / 2, (top + bottom) / 2, (right - left) / 8, (bottom - top) / 8];
    return [cx - w, cy - h, cx + w, cy + h];
  }
  const [dx, dy] = direction.map((d) => d * step);
  const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
  if (shift)
    return [box[0], box[1], clamp(box[2] + dx, box[0] + step, right), clamp(box[3] + dy, box[1] + step, bottom)];
  const [mx, my] = [clamp(dx, left - box[0], right - box[2]), clamp(dy, top - box[1], bottom - box[3])];
  return [box[0] + mx, box[1] + my, box[2] + mx, box[3] + my];
}

/** How many of some points are of each class and how many were predicted right. */
export function summarize(selected: readonly Point[], classes: string[]) {
  return {
    byClass: classes.map((name) => ({class: name, count: selected.filter((p) => p.actual === name).length})),
    right: selected.filter((p) => p.actual === p.predicted).length,
    total: selected.length
  };
}
