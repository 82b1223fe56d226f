import {existsSync, statfsSync} from "node:fs";
import {availableParallelism, totalmem} from "node:os";
import {type CollectionName, collectionNames, openExternal} from "../lib/dataset/external.js";
import {takeInventory} from "../lib/dataset/inventory.js";
import {notTakenInWords} from "../lib/dataset/not-taken.js";
import {openDataset} from "../lib/dataset/open.js";
import {commandOf} from "../lib/study/choose-dataset.js";
import type {Dataset, SplitInventory} from "../lib/dataset/types.js";
import {probeBackends} from "../lib/engine/backend.js";
import {hiddenInstallation} from "../lib/engine/installation.js";
import {describeGpus, describeProcessor} from "../lib/engine/describe.js";
import {needsImageNet} from "../lib/models/initialisation.js";
import {architecture} from "../lib/models/registry.js";
import {locateWeights, weightPath} from "../lib/models/weights/locate.js";
import type {Study} from "../lib/study/schema.js";
import {UserError} from "../lib/support/errors.js";
import {makeFolder} from "../lib/support/files.js";
import {directories} from "../lib/support/paths.js";
import {printable} from "../lib/support/printable.js";

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
    process.stdout.write(
      `${mark[state]}  ${what.padEnd(22)} ${printable(detail).replaceAll("\n", `\n${" ".repeat(32)}`)}\n`
    );
  }
  const runs = findings.every(({state}) => state !== "missing");
  const published = study.dataset.name === "covidx";
  process.stdout.write(
    runs
      ? `\nThe study can run here: ${commandOf(study.dataset, "study")}\n`
      : `\nThe study cannot run here ` +
          `yet${published ? "; the report can still be built from the published results: npm run build" : "."}\n`
  );
  return runs ? 0 : 1;
}

function machine(): Finding[] {
  const gpus = describeGpus();
  const [major, minor] = process.versions.node.split(".").map(Number);
  const current = major > 20 || (major === 20 && minor >= 15);
  return [
    {
      what: "Node",
      state: current ? "ok" : "missing",
      detail: `${process.versions.node}${current ? "" : ", needs 20.15 or newer"}`
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

const dataset = ({dataset}: Study): Promise<Finding> =>
  attempt(`Dataset ${dataset.name}`, async () => {
    const opened = await openDataset(dataset);
    const {splits, digest} = await takeInventory(opened);
    const {train, test} = splits;
    const present =
      `${train.present} training and ${test.present} test images${unread(train, test)}, digest ` +
      `${digest.slice(0, 12)}`;
    return withNotTaken(present, opened);
  });

const withNotTaken = (listed: string, {notes}: Dataset) =>
  [listed, notTakenInWords(notes.notTaken)].filter(Boolean).join("\n");

/** What only validates is no condition of a study. */
async function external(name: CollectionName): Promise<Finding> {
  const found = await attempt(`External images ${name}`, async () => {
    const opened = openExternal(name);
    const {test} = (await takeInventory(opened)).splits;
    return withNotTaken(`${test.present} images${unread(test)}`, opened);
  });
  return found.state === "missing" ? {...found, state: "note"} : found;
}

/** Listed images that cannot be read, where they are few enough for the study to go on without them. */
function unread(...splits: SplitInventory[]): string {
  const problems = splits.flatMap((split) => split.problems);
  const [first] = problems;
  return first ? `, ${problems.length} more cannot be read (${first.file}: ${first.reason})` : "";
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

/** What is computed needs a place. */
function cache(): Finding {
  const folder = directories.cache();
  try {
    makeFolder(folder);
  } catch (error) {
    return missing("Cache", error);
  }
  const hidden = hiddenInstallation();
  return {what: "Cache", state: "note", detail: hidden ? `${folder}\n${hidden}` : folder};
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
