import {availableParallelism} from "node:os";
import type {parseArgs} from "node:util";
import {requireEnough} from "../lib/dataset/enough.js";
import {notTakenInWords} from "../lib/dataset/not-taken.js";
import {openDataset} from "../lib/dataset/open.js";
import type {Dataset} from "../lib/dataset/types.js";
import {collect, createPipeline, select} from "../lib/pipeline/index.js";
import {createDisplay} from "../lib/pipeline/progress.js";
import {runStudy} from "../lib/pipeline/run-study.js";
import {abortOnSignals} from "../lib/pipeline/signals.js";
import {declarationOf, register} from "../lib/study/register.js";
import {UserError} from "../lib/support/errors.js";
import {directories} from "../lib/support/paths.js";
import {printable} from "../lib/support/printable.js";
import {plan, procedures} from "../experiments.js";
import {nodes} from "../report/nodes.js";
import {fetchMissing, weightsToFetch} from "../report/runs/pretrained.js";
import {study} from "../study.js";
import {announcement} from "./announce.js";
import {nextSteps} from "./next-steps.js";

type Options = ReturnType<typeof parseArgs>["values"];

/** Brings the study's results up to date, or explains what would run. Returns the exit code. */
export async function studyCommand({only, jobs, fresh, publish, explain, register: freeze}: Options): Promise<number> {
  if (freeze) return registerExperiments();
  if (publish) requirePlaceOfItsOwn();
  const dataset = await enoughImages();
  if (dataset) tellNotTaken(dataset);
  const display = createDisplay();
  const {onEvent} = display;
  const signal = abortOnSignals();
  const open = () => createPipeline({policy: "computed", signal, onEvent});
  const all = nodes();
  const names = (explain ? [explain] : only) as string[] | undefined;
  const targets = names ? select(collect(all), names) : all;
  const options = {
    only: names,
    jobs: parseJobs(jobs as string | undefined),
    source: {module: new URL("../report/nodes.ts", import.meta.url).href},
    fresh: Boolean(fresh),
    publish: Boolean(publish),
    explain: Boolean(explain)
  };
  let pipeline = open();
  if (!explain) {
    if (dataset)
      for (const line of await announcement(study, dataset, targets, pipeline)) process.stderr.write(`${line}\n`);
    const files = await weightsToFetch(targets, pipeline);
    await fetchMissing(files, {onEvent, signal});
    // What a pipeline has found to be missing stays so for it.
    if (files.length > 0) pipeline = open();
  }
  const report = await runStudy(all, {...options, pipeline});
  display.close();
  const lines = [report.text, ...(explain ? [] : nextSteps(report, study.dataset, names))];
  process.stdout.write(`${printable(lines.join("\n"))}\n`);
  return report.exitCode;
}

/** Freezes what the experiments declare. */
function registerExperiments(): number {
  const declarations = plan.experiments.map((experiment) => declarationOf(plan, experiment, procedures));
  const lines = register(directories.published(), declarations);
  process.stdout.write(`${lines.join("\n")}\n`);
  return 0;
}

/** The dataset, if it is here; without COVIDx its published results are here. */
async function enoughImages(): Promise<Dataset | undefined> {
  try {
    const dataset = await openDataset(study.dataset);
    requireEnough(dataset, study.validation);
    return dataset;
  } catch (error) {
    if (error instanceof UserError && study.dataset.name === "covidx") return undefined;
    throw error;
  }
}

/** Results of other images have the names of COVIDx's, whose place they would take. */
function requirePlaceOfItsOwn(): void {
  if (study.dataset.name === "covidx" || process.env.PUBLISHED_DIR) return;
  throw new UserError("data/published holds the results of COVIDx: those of other images would take their place.", {
    hint: "Set PUBLISHED_DIR to a folder for yours."
  });
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
