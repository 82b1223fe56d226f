import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {openDataset} from "../../lib/dataset/open.js";
import {provisioned, variants} from "../../lib/engine/installation.js";
import {type Forecast, type Rate, slowdown, total, trainingSeconds} from "../../lib/pipeline/estimate.js";
import type {Pipeline} from "../../lib/pipeline/index.js";
import type {Node, Provenance} from "../../lib/pipeline/types.js";
import type {Run, Study} from "../../lib/study/schema.js";
import {directories} from "../../lib/support/paths.js";
import {filledIn, type Settings} from "../../lib/training/procedure.js";
import type {EpochRecord} from "../../lib/training/state.js";
import type {InferenceTime} from "../networks/inference-time.js";
import {history} from "./training.js";

/**
 * What these trainings are expected to take on this machine: at the rates of those that it has done, and of networks
 * that it has not trained at those of published trainings, which ran on `tensorflow`.
 */
export async function trainingTime(nodes: readonly Node[], study: Study, pipeline: Pipeline): Promise<Forecast> {
  if (nodes.length === 0) return total([]);
  const images = (await openDataset(study.dataset)).train.length;
  const here = await ratesHere(study, pipeline);
  const slower = slowdown(timesOn(likelyBackend()), timesOn("tensorflow"));
  const elsewhere = publishedRates().map((rate) => ({...rate, imagesPerSecond: rate.imagesPerSecond / slower}));
  return total(
    nodes.map(({params}) => {
      const {model, fraction, procedure} = params as unknown as Pick<Run, "model" | "fraction"> & {procedure: Settings};
      const phases = procedure.phases.map((phase) => ({...filledIn(procedure, phase), trains: phase.train}));
      const work = {model, phases, images: images * fraction};
      return trainingSeconds(work, here) ?? trainingSeconds(work, elsewhere);
    })
  );
}

/** Rates of the study's trainings on this machine. */
async function ratesHere(study: Study, pipeline: Pipeline): Promise<Rate[]> {
  const rates: Rate[] = [];
  for (const run of study.runs) {
    const node = history({study, run});
    if ((await pipeline.plan(node)).action !== "store") continue;
    rates.push(...ratesOf(run.model, (await pipeline.resolve(node)).value.epochs));
  }
  return rates;
}

const ratesOf = (model: string, epochs: readonly EpochRecord[]): Rate[] =>
  epochs.map(({trains, size, imagesPerSecond}) => ({model, trains, size, imagesPerSecond}));

/**
 * Rates of published trainings, whatever study they are of. A run's history does not name its network, its first
 * filters do.
 */
function publishedRates(): Rate[] {
  const runOf = ({provenance: {id}}: Read<unknown>) => id.slice(id.indexOf("/") + 1);
  const models = new Map(read("filters").map((one) => [runOf(one), modelOf(one)]));
  return read<{epochs: EpochRecord[]}>("history").flatMap((one) =>
    ratesOf(models.get(runOf(one)) ?? "", one.value.epochs)
  );
}

/** Published milliseconds for an image by network, one at a time. */
function timesOn(backend: string): Map<string, number> {
  const times = read<{measured: InferenceTime[]}>("inference-time").filter(
    ({provenance: {params}}) => (params as {backend: string}).backend === backend
  );
  return new Map(times.map((one) => [modelOf(one), one.value.measured[0].median]));
}

interface Read<T> {
  provenance: Provenance;
  value: T;
}

const modelOf = ({provenance: {params}}: Read<unknown>) => (params as {model: string}).model;

/** All published results of a stage. One that cannot be read makes an estimate poorer and nothing wrong. */
function read<T>(stage: string, folder = join(directories.published(), stage)): Read<T>[] {
  try {
    const files = readdirSync(folder, {recursive: true, encoding: "utf8"}).filter((name) => name.endsWith(".json"));
    return files.map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Read<T>);
  } catch {
    return [];
  }
}

/** What will compute here, as far as can be told without starting it. */
const likelyBackend = () =>
  process.env.TFJS_BACKEND || (variants.some((variant) => provisioned(variant)) ? "tensorflow" : "wasm");
