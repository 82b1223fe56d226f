import {existsSync} from "node:fs";
import {createPipeline} from "../src/lib/pipeline/index.js";
import {createDisplay} from "../src/lib/pipeline/progress.js";
import {detectorCandidates} from "../src/report/predict/detector-candidates.js";
import {plausibility, plausibilityFolder} from "../src/report/predict/plausibility.js";
import {plausibilityEvaluation} from "../src/report/predict/plausibility-evaluation.js";
import {publishedNetwork} from "../src/report/runs/publish-weights.js";
import {hasPublishedWeights} from "../src/report/runs/weights.js";
import {study} from "../src/study.js";
import {buildImages} from "./plausibility-images.js";

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

/**
 * Builds images that are no frontal radiograph, where they are not built yet, and measures by every published network
 * how many of them, and of radiographs, are flagged. Publishes the results, which the page about prediction shows.
 */
export async function benchPlausibility(json: boolean): Promise<void> {
  const display = createDisplay();
  const pipeline = createPipeline({onEvent: display.onEvent});
  if (!existsSync(plausibilityFolder())) await buildImages(plausibilityFolder(), pipeline);
  for (const run of study.runs) {
    const args = {study, run};
    if (!(await hasPublishedWeights(args, pipeline))) continue;
    for (const node of [...publishedNetwork(study, run), plausibility(args), detectorCandidates(args)]) {
      await pipeline.publish(node);
    }
    const {groups} = (await pipeline.resolve(plausibilityEvaluation(args))).value;
    for (const {side, kind, n, pixels, features, flagged} of groups) {
      const {value, low, high, k} = flagged;
      const row = {run: run.id, side, kind, n, pixels, features, flagged: k, share: value, low, high};
      const words = `${percent(value)} (${percent(low)} to ${percent(high)})`;
      console.log(json ? JSON.stringify(row) : `${run.id}  ${side}  ${kind}: ${k} of ${n}, ${words}`);
    }
  }
  display.close();
}
