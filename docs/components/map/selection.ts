import {polygonContains} from "d3";
import type {MapArtifact} from "../../../src/report/map/artifact.js";

/** A test image in the maps of a run. */
export interface Point {
  row: number;
  actual: string;
  predicted: string;
  /** One per class, in the study's order. */
  probabilities: number[];
  /** How its source numbered the patients in the files' names. */
  numbering: string;
  /** Places of its nearest neighbours in the features, nearest first. */
  neighbours: number[];
}

/** Coordinates of all points: x and y of the first, of the second, and so on. */
export type Places = Float64Array;

/** Without a number in the file's name. */
export const unnumbered = "none";

/** The points of a run's maps. */
export const points = (map: MapArtifact, classes: string[]): Point[] =>
  map.row.map((row, i) => ({
    row,
    actual: classes[map.actual[i]],
    predicted: classes[map.predicted[i]],
    probabilities: map.probabilities[i],
    numbering: map.numberings[map.numbering[i]] ?? unnumbered,
    neighbours: map.neighbours[i]
  }));

/** The points of a map on the screen, in a square of so many pixels with a margin. */
export function place({x, y}: {x: number[]; y: number[]}, size: number, margin = 12): Places {
  const scale = (size / 2 - margin) / 999;
  return Float64Array.from({length: 2 * x.length}, (_, at) =>
    at % 2 === 0 ? size / 2 + scale * x[at >> 1] : size / 2 - scale * y[at >> 1]
  );
}

/** The points inside a line that was drawn around them. */
export const enclosed = (places: Places, line: [number, number][]): number[] =>
  Array.from({length: places.length / 2}, (_, i) => i).filter((i) =>
    polygonContains(line, [places[2 * i], places[2 * i + 1]])
  );

/** The point nearest to a place on the screen, no further than so many pixels; undefined where there is none. */
export function nearest(places: Places, x: number, y: number, within = 10): number | undefined {
  let best: number | undefined;
  let least = within;
  for (let i = 0; i < places.length / 2; ++i) {
    const distance = Math.hypot(places[2 * i] - x, places[2 * i + 1] - y);
    if (distance <= least) [best, least] = [i, distance];
  }
  return best;
}

const directions: Record<string, [number, number]> = {
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1]
};

/**
 * The point that an arrow key leads to from another: the nearest one that lies more in the key's direction than across
 * it. Without a point, the first; undefined for another key or where nothing lies that way.
 */
export function step(places: Places, from: number | undefined, key: string): number | undefined {
  const direction = directions[key];
  if (!direction || from === undefined) return direction && 0;
  let best: number | undefined;
  let least = Infinity;
  for (let i = 0; i < places.length / 2; ++i) {
    const [dx, dy] = [places[2 * i] - places[2 * from], places[2 * i + 1] - places[2 * from + 1]];
    const along = dx * direction[0] + dy * direction[1];
    const across = Math.abs(dx * direction[1]) + Math.abs(dy * direction[0]);
    if (i !== from && along > 0 && along >= across && along + across < least) [best, least] = [i, along + across];
  }
  return best;
}

/** How many of some points are of each class and how many were predicted right. */
export function summarize(selected: readonly Point[], classes: string[]) {
  return {
    byClass: classes.map((name) => ({class: name, count: selected.filter((p) => p.actual === name).length})),
    right: selected.filter((p) => p.actual === p.predicted).length,
    total: selected.length
  };
}
