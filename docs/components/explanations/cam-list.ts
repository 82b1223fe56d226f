import type {CamArtifact} from "../../../src/report/explanations/artifact.js";
import {share} from "../shared/format.js";

/** A test image with its map. */
export interface Cam {
  row: number;
  actual: string;
  predicted: string;
  confidence: number;
  peak: number;
  size: number;
  grid: string;
}

type Run = CamArtifact["runs"][number];

/** What the methods are called. */
export const methodTitles: Record<string, string> = {
  "grad-cam": "Grad-CAM",
  "grad-cam++": "Grad-CAM++",
  "hires-cam": "HiResCAM",
  "layer-cam": "LayerCAM"
};

/** The maps of a run by a method, the most confident prediction first. */
export function camList(run: Run, classes: string[], method = "grad-cam"): Cam[] {
  const maps = run.methods.find((maps) => maps.method === method);
  const place = new Map(run.row.map((row, i) => [row, i]));
  return (maps?.row ?? [])
    .map((row, i) => {
      const at = place.get(row)!;
      return {
        row,
        actual: classes[run.actual[at]],
        predicted: classes[run.predicted[at]],
        confidence: run.confidence[at],
        peak: maps!.peak[i],
        size: maps!.size,
        grid: maps!.grid[i]
      };
    })
    .sort((a, b) => b.confidence - a.confidence || a.row - b.row);
}

export type Outcome = "all" | "right" | "wrong";

export interface CamFilter {
  /** Null: any class. */
  actual?: string | null;
  predicted?: string | null;
  outcome?: Outcome;
  /** The least probability of the predicted class. */
  confidence?: number;
}

/** The images of a true and a predicted class, that were predicted right, wrong, or either, with some confidence. */
export const filterCams = <T extends Pick<Cam, "actual" | "predicted" | "confidence">>(
  items: readonly T[],
  {actual = null, predicted = null, outcome = "all", confidence = 0}: CamFilter
): T[] =>
  items.filter(
    (d) =>
      (actual === null || d.actual === actual) &&
      (predicted === null || d.predicted === predicted) &&
      d.confidence >= confidence &&
      (outcome === "all" || (d.actual === d.predicted) === (outcome === "right"))
  );

/** Where the maps of a run come from and how many of them are empty, in words. */
export function describeMaps({layer}: Pick<Run, "layer">, maps: readonly Cam[]): string {
  if (maps.length === 0) return "This run has no maps by this method yet.";
  const empty = maps.filter(({grid}) => grid === "").length;
  const emptiness = empty
    ? `Empty maps: ${share(empty, maps.length)}. Nothing in the layer spoke for the predicted class there.`
    : "No map is empty.";
  const [{size}] = maps;
  return (
    `The maps of this run come from the layer “${layer}”, a grid of ${size} × ${size} cells over ` +
    `the image, drawn smooth. Finer detail than a cell is interpolation, not evidence. ${emptiness}`
  );
}
