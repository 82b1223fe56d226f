import {rollup} from "d3";
import {bestOf, type Validated} from "../../lib/evaluation/best.js";
import {scoresOf} from "../../lib/evaluation/scores.js";
import type {Pipeline} from "../../lib/pipeline/index.js";
import type {Node} from "../../lib/pipeline/types.js";
import {UserError} from "../../lib/support/errors.js";
import type {Run, Study} from "../../lib/study/schema.js";
import {calibrations} from "../predict/outlier-calibration.js";
import {outlierDetector} from "../predict/outlier-detector.js";
import {validationPredictions} from "./run.js";
import {training} from "./training.js";
import {weightRounding} from "./weight-rounding.js";
import {weightParts} from "./weights.js";

/** The most weights that a network may have to be published: as text, float16 takes 2.7 bytes of each. */
const mostWeights = 5e6;

/**
 * Of every small network the run from ImageNet on all images that has the best weighted F1 on validation, among those
 * that were trained here.
 */
export async function bestSmallRuns(study: Study, pipeline: Pipeline): Promise<Run[]> {
  const candidates: (Validated & {run: Run})[] = [];
  for (const run of study.runs.filter(
    ({initialisation, fraction}) => initialisation === "imagenet" && fraction === 1
  )) {
    const node = training({study, run});
    if ((await pipeline.plan(node)).action !== "store") continue;
    const {parameters} = (await pipeline.resolve(node)).value;
    pipeline.release(node);
    if (parameters > mostWeights) continue;
    const {probabilities, labels, classes} = (await pipeline.resolve(validationPredictions({study, run}))).value;
    const {weightedF1} = scoresOf(probabilities, labels, classes.length);
    candidates.push({run, validation: {weightedF1}});
  }
  const best = rollup(candidates, bestOf, ({run}) => run.model);
  if (best.size > 0) return [...best.values()].map((found) => found!.run);
  throw new UserError("The store has no small network that was trained from ImageNet.", {
    hint: "Train one first: npm run study -- --only training"
  });
}

/**
 * What a published network consists of: its weights, what rounding did to them, and what tells by it whether an image
 * is a radiograph.
 */
export const publishedNetwork = (study: Study, run: Run): Node[] => [
  ...weightParts({study, run}),
  weightRounding({study, run}),
  outlierDetector({study, run}),
  ...calibrations({study, run})
];
