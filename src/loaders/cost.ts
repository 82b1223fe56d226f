import {architecture} from "../lib/models/registry.js";
import {resolve} from "../lib/pipeline/index.js";
import {inferenceTime, timedBackends} from "../stages/inference-time.js";
import {profile} from "../stages/networks.js";
import {history} from "../stages/training.js";
import {study} from "../study.js";
import loadResults from "./results.js";
import {attempt, round, sourceOf} from "./support.js";
import type {CostArtifact} from "./types.js";

/** What each network of the study costs to store and to run, what each run cost to train, and what that bought. */
export default async function (): Promise<CostArtifact> {
  const networks: CostArtifact["networks"] = [];
  for (const model of new Set(study.runs.map(({model}) => model))) {
    const counted = await attempt(profile({model}));
    if ("missing" in counted) continue;
    networks.push({...counts(model, counted.value), ...(await timed(model, sourceOf(counted)))});
  }
  return {networks, runs: await runs()};
}

type Counted = Awaited<ReturnType<ReturnType<typeof profile>["run"]>>;

const counts = (model: string, {body, head}: Counted) => ({
  model,
  title: architecture(model).title,
  cost: {parameters: body.parameters + head.parameters, macs: body.macs + head.macs},
  bytes: 4 * (body.parameters + body.statistics + head.parameters + head.statistics)
});

/** The time on the fastest backend that has been measured. */
async function timed(model: string, counted: ReturnType<typeof sourceOf>) {
  for (const backend of timedBackends) {
    const result = await attempt(inferenceTime({model, backend}));
    if ("missing" in result) continue;
    const {size, measured} = result.value;
    const inference = measured.map(({batch, median, lower, upper}) => ({
      batch,
      median: round(median),
      lower: round(lower),
      upper: round(upper)
    }));
    return {inference, size, backend, device: result.provenance.device, source: [counted, sourceOf(result)]};
  }
  return {inference: null, size: null, source: [counted]};
}

async function runs(): Promise<CostArtifact["runs"]> {
  const {runs} = await loadResults();
  return Promise.all(
    runs.map(async ({run: id, title, model, start, leads, ...scores}) => {
      const {macroF1, weightedF1, accuracy, balancedAccuracy} = scores;
      const run = study.runs.find((run) => run.id === id)!;
      const result = await resolve(history({study, run}));
      const {epochs} = result.value;
      return {
        ...{run: id, title, model, start, leads, fraction: run.fraction},
        ...{macroF1, weightedF1, accuracy, balancedAccuracy},
        epochs: epochs.length,
        seconds: round(epochs.reduce((sum, {seconds}) => sum + seconds, 0)),
        imagePasses: Math.round(epochs.reduce((sum, epoch) => sum + epoch.seconds * epoch.imagesPerSecond, 0)),
        source: sourceOf(result)
      };
    })
  );
}
