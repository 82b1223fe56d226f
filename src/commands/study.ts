import {availableParallelism} from "node:os";
import type {parseArgs} from "node:util";
import {collect, createPipeline, select} from "../lib/pipeline/index.js";
import {createDisplay} from "../lib/pipeline/progress.js";
import {runStudy} from "../lib/pipeline/run-study.js";
import {abortOnSignals} from "../lib/pipeline/signals.js";
import {UserError} from "../lib/support/errors.js";
import {printable} from "../lib/support/printable.js";
import {nodes} from "../stages/index.js";
import {fetchMissing, pretrainedFiles} from "../stages/pretrained.js";

type Options = ReturnType<typeof parseArgs>["values"];

/** Brings the study's results up to date, or explains what would run. Returns the exit code. */
export async function studyCommand({only, jobs, fresh, publish, explain}: Options): Promise<number> {
  const display = createDisplay();
  const {onEvent} = display;
  const signal = abortOnSignals();
  const pipeline = createPipeline({policy: "computed", signal, onEvent});
  const all = nodes();
  const names = (explain ? [explain] : only) as string[] | undefined;
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
  process.stdout.write(`${printable(report.text)}\n`);
  return report.exitCode;
}

function parseJobs(jobs = "1"): number {
  const number = Number(jobs);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new UserError(`--jobs is ${jobs}; it must be a whole number from 1.`, {
    hint: `This machine has ${availableParallelism()} processors.`
  });
}
