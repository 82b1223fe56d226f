import {maps, predictions} from "../stages/run.js";
import {study} from "../study.js";
import {resolve} from "../lib/pipeline/index.js";
import {argmax} from "../lib/evaluation/predictions.js";
import {eachRun, round, rounded, sourceOf, titleOf} from "./support.js";
import type {CamArtifact} from "./types.js";

/** Grad-CAM of the predicted class, for every test image and run. */
export default async function (): Promise<CamArtifact> {
  const runs = await eachRun(
    (run) => maps({study, run}),
    async (result, run) => {
      const {rows, layer, size, peaks, grids} = result.value;
      const {value} = await resolve(predictions({study, run}));
      const classes = value.classes.length;
      const predicted = argmax(value.probabilities, classes);
      const grid = (i: number) =>
        Buffer.from(grids.subarray(i * size * size, (i + 1) * size * size)).toString("base64");
      return {
        run: run.id,
        title: titleOf(run),
        layer,
        size,
        row: Array.from(rows),
        actual: Array.from(value.labels),
        predicted: Array.from(predicted),
        confidence: Array.from(predicted, (label, i) => round(value.probabilities[i * classes + label])),
        peak: rounded(peaks),
        grid: Array.from(peaks, (peak, i) => (peak > 0 ? grid(i) : "")),
        source: sourceOf(result)
      };
    }
  );
  return {runs};
}
