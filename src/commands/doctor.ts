import {existsSync, statfsSync} from "node:fs";
import {availableParallelism, totalmem} from "node:os";
import {datasetDigest} from "../lib/dataset/digest.js";
import {type CollectionName, collectionNames, openExternal} from "../lib/dataset/external.js";
import {notTakenInWords} from "../lib/dataset/not-taken.js";
import {openDataset} from "../lib/dataset/open.js";
import type {Dataset} from "../lib/dataset/types.js";
import {probeBackends} from "../lib/engine/backend.js";
import {describeGpus, describeProcessor} from "../lib/engine/describe.js";
import {needsImageNet} from "../lib/models/initialisation.js";
import {architecture} from "../lib/models/registry.js";
import {locateWeights, weightPath} from "../lib/models/weights/locate.js";
import type {Study} from "../lib/study/schema.js";
import {UserError} from "../lib/support/errors.js";
import {directories} from "../lib/support/paths.js";

/** One thing the study needs or could use. */
interface Finding {
  what: string;
  state: "ok" | "missing" | "note";
  detail: string;
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

/** Prints what this machine has. Returns 1 if the study cannot run here, else 0. */
export async function doctor(study: Study): Promise<number> {
  const findings = [
    ...machine(),
    ...(await backends()),
    await dataset(study),
    ...(await Promise.all(collectionNames.map(external))),
    ...weights(study),
    disk(),
    cache()
  ];
  const mark = {ok: "ok     ", missing: "MISSING", note: "note   "};
  for (const {what, state, detail} of findings) {
    process.stdout.write(`${mark[state]}  ${what.padEnd(22)} ${detail.replaceAll("\n", `\n${" ".repeat(32)}`)}\n`);
  }
  const runs = findings.every(({state}) => state !== "missing");
  process.stdout.write(
    runs
      ? "\nThe study can run here: npm run study\n"
      : "\nThe study cannot run here yet; the report can still be built from the published results: npm run build\n"
  );
  return runs ? 0 : 1;
}

function machine(): Finding[] {
  const gpus = describeGpus();
  const major = Number(process.versions.node.split(".")[0]);
  return [
    {
      what: "Node",
      state: major >= 20 ? "ok" : "missing",
      detail: `${process.versions.node}${major >= 20 ? "" : ", needs 20 or newer"}`
    },
    {
      what: "Processor",
      state: "ok",
      detail: `${describeProcessor().name}, ${availableParallelism()} threads, ${gigabytes(totalmem())} memory`
    },
    {what: "GPU", state: gpus.length ? "ok" : "note", detail: gpus.join(", ") || "none that NVIDIA's driver knows"}
  ];
}

async function backends(): Promise<Finding[]> {
  const attempts = await probeBackends();
  const forced = process.env.TFJS_BACKEND;
  const best = attempts.find(({name, works}) => works && (!forced || name === forced));
  return [
    ...attempts.map(({name, works, reason, device}): Finding => ({
      what: `Backend ${name}`,
      state: works ? "ok" : "note",
      detail: works ? `${reason}, ${device}` : reason
    })),
    best
      ? {
          what: "Will compute with",
          state: "ok",
          detail: `${best.name}: ${forced ? "forced by TFJS_BACKEND or --backend" : "the first that works"}`
        }
      : {
          what: "Will compute with",
          state: "missing",
          detail: forced ? `${forced}, which is forced, is none of those that work` : "no backend works"
        }
  ];
}

async function dataset({dataset}: Study): Promise<Finding> {
  const what = `Dataset ${dataset.name}`;
  return attempt(what, async () => {
    const opened = await openDataset(dataset);
    const digest = await datasetDigest(opened);
    const listed = `${opened.train.length} training and ${opened.test.length} test images listed, digest ${digest.slice(0, 12)}`;
    return withNotTaken(listed, opened);
  });
}

const withNotTaken = (listed: string, {notes}: Dataset) =>
  [listed, notTakenInWords(notes.notTaken)].filter(Boolean).join("\n");

/** What only validates is no condition of a study. */
async function external(name: CollectionName): Promise<Finding> {
  const found = await attempt(`External images ${name}`, async () => {
    const opened = openExternal(name);
    return withNotTaken(`${opened.test.length} images listed`, opened);
  });
  return found.state === "missing" ? {...found, state: "note"} : found;
}

function weights({runs}: Study): Finding[] {
  const models = new Set(runs.filter(({initialisation}) => needsImageNet(initialisation)).map(({model}) => model));
  return [...models].map((model) => {
    const what = `Weights ${model}`;
    const {imagenet} = architecture(model);
    if (imagenet && !existsSync(weightPath(imagenet))) {
      return {what, state: "note", detail: `not here yet; npm run study downloads them from ${imagenet.url}`};
    }
    try {
      return {what, state: "ok", detail: locateWeights(architecture(model)).path};
    } catch (error) {
      return missing(what, error);
    }
  });
}

function disk(): Finding {
  const folder = existsSync(directories.cache()) ? directories.cache() : process.cwd();
  const {bavail, bsize} = statfsSync(folder);
  const free = bavail * bsize;
  const enough = free > 2e9;
  return {
    what: "Free disk space",
    state: enough ? "ok" : "missing",
    detail: `${gigabytes(free)}${enough ? "" : "; 2 GB are needed"}`
  };
}

function cache(): Finding {
  const folder = directories.cache();
  return {what: "Cache", state: "note", detail: existsSync(folder) ? folder : `${folder}, which will be made`};
}

async function attempt(what: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return {what, state: "ok", detail: await look()};
  } catch (error) {
    return missing(what, error);
  }
}

function missing(what: string, error: unknown): Finding {
  if (!(error instanceof UserError)) throw error;
  return {what, state: "missing", detail: error.message};
}
