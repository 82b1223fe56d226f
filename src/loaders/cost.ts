import {architecture} from "../lib/models/registry.js";
import {resolve} from "../lib/pipeline/index.js";
import {inferenceTime, timedBackends} from "../report/networks/inference-time.js";
import {profile} from "../report/networks/profile.js";
import {history} from "../report/runs/training.js";
import {study} from "../study.js";
import loadResults from "./results.js";
import {round, shorten} from "../report/shared/rounding.js";
import {batchSizeOfRun} from "../report/data/sizes.js";
import {each, sourceOf} from "../report/shared/support.js";
import type {CostArtifact} from "../report/cost/artifact.js";

/** What each network of the study costs to store and to run, what each run cost to train, and what that bought. */
export default async (): Promise<CostArtifact> => ({
  networks: await each(
    [...new Set(study.runs.map(({model}) => model))],
    (model) => profile({model}),
    async (counted, model) => {
      const times = await timed(model);
      return {
        ...counts(model, counted.value),
        times: times.map(({time}) => time),
        source: [sourceOf(counted), ...times.map(({source}) => source)]
      };
    }
  ),
  runs: await runs()
});

type Counted = Awaited<ReturnType<ReturnType<typeof profile>["run"]>>;

const counts = (model: string, {body, head}: Counted) => ({
  model,
  title: architecture(model).title,
  cost: {parameters: body.parameters + head.parameters, macs: body.macs + head.macs},
  bytes: 4 * (body.parameters + body.statistics + head.parameters + head.statistics)
});

/** The times on every backend that has been measured. */
const timed = (model: string) =>
  each(
    timedBackends,
    (backend) => inferenceTime({model, backend}),
    (result, backend) => {
      const {size, measured} = shorten(result.value);
      return {time: {backend, device: result.provenance.device, size, measured}, source: sourceOf(result)};
    }
  );

async function runs(): Promise<CostArtifact["runs"]> {
  const {runs} = await loadResults();
  return Promise.all(
    runs.map(async ({run: id, title, model, start, leads, ...scores}) => {
      const {macroF1, weightedF1, accuracy, balancedAccuracy} = scores;
      const run = study.runs.find((run) => run.id === id)!;
      const result = await resolve(history({study, run}));
      const {epochs, steps} = result.value;
      return {
        ...{run: id, title, model, start, leads, fraction: run.fraction},
        ...{macroF1, weightedF1, accuracy, balancedAccuracy},
        epochs: epochs.length,
        seconds: round(epochs.reduce((sum, {seconds}) => sum + seconds, 0)),
        imagePasses: imagePassesOf(steps, {batchSize: await batchSizeOfRun(run)}),
        source: sourceOf(result)
      };
    })
  );
}

/** Every step took a batch, also those of an epoch before it was interrupted, whose time nobody has recorded. */
export const imagePassesOf = ({losses}: {losses: ArrayLike<number>}, {batchSize}: {batchSize: number}) =>
  losses.length * batchSize;
