import {availableParallelism} from "node:os";
import type {parseArgs} from "node:util";
import {notTakenInWords} from "../lib/dataset/not-taken.js";
import {openDataset} from "../lib/dataset/open.js";
import type {Dataset} from "../lib/dataset/types.js";
import {collect, createPipeline, select} from "../lib/pipeline/index.js";
import {createDisplay} from "../lib/pipeline/progress.js";
import {runStudy} from "../lib/pipeline/run-study.js";
import {abortOnSignals} from "../lib/pipeline/signals.js";
import {UserError} from "../lib/support/errors.js";
import {nodes} from "../stages/index.js";
import {fetchMissing, pretrainedFiles} from "../stages/pretrained.js";
import {study} from "../study.js";

type Options = ReturnType<typeof parseArgs>["values"];

/** Brings the study's results up to date, or explains what would run. Returns the exit code. */
export async function studyCommand({only, jobs, fresh, publish, explain}: Options): Promise<number> {
  const display = createDisplay();
  const {onEvent} = display;
  const signal = abortOnSignals();
  const pipeline = createPipeline({policy: "computed", signal, onEvent});
  const all = nodes();
  const names = (explain ? [explain] : only) as string[] | undefined;
  if (study.dataset.name === "folder") tellNotTaken(await openDataset(study.dataset));
  if (!explain) await fetchMissing(pretrainedFiles(names ? select(collect(all), names) : all), {onEvent, signal});
  const report = await runStudy(all, {
    pipeline,
    only: names,
    jobs: parseJobs(jobs as string | undefined),
    source: {module: new URL("../stages/index.ts", import.meta.url).href},
    fresh: Boolean(fresh),
    publish: Boolean(publish),
    explain: Boolean(explain)
  });
  display.close();
  process.stdout.write(`${report.text}\n`);
  return report.exitCode;
}

function tellNotTaken({title, notes}: Dataset): void {
  const words = notTakenInWords(notes.notTaken);
  if (words) process.stderr.write(`${title}: ${words}.\n`);
}

function parseJobs(jobs = "1"): number {
  const number = Number(jobs);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new UserError(`--jobs is ${jobs}; it must be a whole number from 1.`, {
    hint: `This machine has ${availableParallelism()} processors.`
  });
}
