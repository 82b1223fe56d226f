import {argmax} from "../lib/measures/predictions.js";
import {resolve} from "../lib/pipeline/index.js";
import {methods} from "../report/explanations/explain.js";
import {maps, predictions} from "../report/runs/run.js";
import {study} from "../study.js";
import {round} from "../report/shared/rounding.js";
import {attempt, eachRun, sourceOf, titleOf} from "../report/shared/support.js";
import type {CamArtifact} from "../report/explanations/artifact.js";

interface Grids {
  size: number;
  peaks: Float32Array;
  grids: Uint8Array;
}

/**
 * Maps of the predicted class by the runs of one network: Grad-CAM of every test image, the other methods of a sample.
 */
export default async function ({model}: Readonly<Record<string, string>>): Promise<CamArtifact> {
  const runs = await eachRun(
    (run) => maps({study, run}),
    async (result, run) => {
      const {rows, layer} = result.value;
      const {value} = await resolve(predictions({study, run}));
      const classes = value.classes.length;
      const predicted = argmax(value.probabilities, classes);
      const others = await attempt(methods({study, run}));
      const further = "value" in others ? others : undefined;
      return {
        run: run.id,
        title: titleOf(run),
        layer,
        row: Array.from(rows),
        actual: Array.from(value.labels),
        predicted: Array.from(predicted),
        confidence: Array.from(predicted, (label, i) => round(value.probabilities[i * classes + label])),
        methods: [
          {method: "grad-cam", row: Array.from(rows), ...encoded(result.value)},
          ...(further?.value.methods ?? []).map(({method, ...grids}) => ({
            method,
            row: Array.from(further!.value.rows),
            ...encoded(grids)
          }))
        ],
        source: [sourceOf(result), ...(further ? [sourceOf(further)] : [])]
      };
    },
    study.runs.filter((run) => run.model === model)
  );
  return {runs};
}

/** Grids in base64, a map each; an empty map is no text. */
function encoded({size, peaks, grids}: Grids) {
  const text = (i: number) => Buffer.from(grids.subarray(i * size * size, (i + 1) * size * size)).toString("base64");
  return {
    size,
    peak: Array.from(peaks, (peak) => round(peak)),
    grid: Array.from(peaks, (peak, i) => (peak > 0 ? text(i) : ""))
  };
}
