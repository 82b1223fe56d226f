import {existsSync, statSync} from "node:fs";
import {resolve} from "node:path";
import {createPipeline} from "../lib/pipeline/index.js";
import {createDisplay} from "../lib/pipeline/progress.js";
import {runStudy} from "../lib/pipeline/run-study.js";
import {abortOnSignals} from "../lib/pipeline/signals.js";
import {UserError} from "../lib/support/errors.js";
import {exportWeights} from "../report/runs/export-weights.js";
import {bestSmallRuns, publishedNetwork} from "../report/runs/publish-weights.js";
import {study} from "../study.js";
import {findRun} from "./find-run.js";

/**
 * `weights export RUN FILE` writes a run's trained weights to a file; `weights publish` publishes the best small
 * networks.
 */
export async function weightsCommand(
  [action, id, file, ...rest]: string[],
  {float16 = false, force = false}: {float16?: boolean; force?: boolean} = {}
): Promise<number> {
  if (action === "publish" && !id) return publishWeights();
  if (action !== "export" || !file || rest.length > 0) {
    throw new UserError("Say which run's weights go to which file, or publish those of the best small networks.", {
      hint: "npm run weights -- export RUN FILE.safetensors [--float16] [--force]\n  npm run weights -- publish"
    });
  }
  const path = resolve(file);
  requireWritable(path, force);
  await exportWeights({study, run: findRun(study, id)}, {pipeline: createPipeline(), path, float16});
  process.stdout.write(`${path}: the weights of ${id} as ${float16 ? "float16" : "float32"}.\n`);
  return 0;
}

/** Nothing is written over that nobody asked to, nor what is no file. */
function requireWritable(path: string, force: boolean): void {
  const there = existsSync(path) ? statSync(path) : undefined;
  if (there && !there.isFile()) throw new UserError(`${path} is no file.`, {hint: "Choose another name."});
  if (!there || force) return;
  throw new UserError(`${path} is there already.`, {hint: "Choose another name, or write over it with --force."});
}

async function publishWeights(): Promise<number> {
  const display = createDisplay();
  const pipeline = createPipeline({policy: "computed", signal: abortOnSignals(), onEvent: display.onEvent});
  const runs = await bestSmallRuns(study, pipeline);
  const nodes = runs.flatMap((run) => publishedNetwork(study, run));
  const {text, exitCode} = await runStudy(nodes, {pipeline, publish: true});
  display.close();
  process.stdout.write(`${runs.map(({id}) => id).join(", ")}\n${text}\n`);
  return exitCode;
}
