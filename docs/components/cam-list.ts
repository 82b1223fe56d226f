import type {CamArtifact} from "../../src/loaders/types.js";
import {share} from "./format.js";

/** A test image with its Grad-CAM map. */
export interface Cam {
  row: number;
  actual: string;
  predicted: string;
  confidence: number;
  peak: number;
  size: number;
  grid: string;
}

/** The maps of a run, one per test image, the most confident prediction first. */
export const camList = (run: CamArtifact["runs"][number], classes: string[]): Cam[] =>
  run.row
    .map((row, i) => ({
      row,
      actual: classes[run.actual[i]],
      predicted: classes[run.predicted[i]],
      confidence: run.confidence[i],
      peak: run.peak[i],
      size: run.size,
      grid: run.grid[i]
    }))
    .sort((a, b) => b.confidence - a.confidence || a.row - b.row);

export type Outcome = "all" | "right" | "wrong";

/** Those of a class (null: of all) that were predicted right, wrong, or either. */
export const filterOutcome = <T extends {actual: string; predicted: string}>(
  items: readonly T[],
  actual: string | null,
  outcome: Outcome
): T[] =>
  items.filter(
    (d) =>
      (actual === null || d.actual === actual) &&
      (outcome === "all" || (d.actual === d.predicted) === (outcome === "right"))
  );

/** Where the maps of a run come from and how many of them are empty, in words. */
export function describeMaps({layer, size}: CamArtifact["runs"][number], maps: readonly Cam[]): string {
  const empty = maps.filter(({grid}) => grid === "").length;
  const emptiness = empty
    ? `Empty maps: ${share(empty, maps.length)}. Nothing in the last feature maps spoke for the predicted class there.`
    : "No map is empty.";
  return `The maps of this run come from the layer “${layer}”, a grid of ${size} × ${size} cells over the image, drawn smooth. Finer detail than a cell is interpolation, not evidence. ${emptiness}`;
}
