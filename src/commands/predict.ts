import type {parseArgs} from "node:util";
import {findImages, leftInFolders} from "../lib/dataset/own-images.js";
import {toRows} from "../lib/dataset/rows.js";
import type {BootstrapOptions} from "../lib/measures/bootstrap.js";
import {evaluate} from "../lib/evaluation/evaluate.js";
import {createPipeline, type Pipeline} from "../lib/pipeline/index.js";
import {createDisplay} from "../lib/pipeline/progress.js";
import {commandOf} from "../lib/study/choose-dataset.js";
import type {Run, Study} from "../lib/study/schema.js";
import {UserError} from "../lib/support/errors.js";
import {printable, printableName} from "../lib/support/printable.js";
import {type Classified, type Classifier, openClassifier} from "../report/predict/classifier.js";
import {inventory} from "../report/data/dataset.js";
import {training} from "../report/runs/training.js";
import {hasPublishedWeights} from "../report/runs/weights.js";
import {fixed} from "../lib/measures/decimal.js";
import {findRun} from "./find-run.js";
import {columns, commaSeparated, jsonLines, type Metrics, metricsTable} from "./predict-formats.js";

type Options = ReturnType<typeof parseArgs>["values"];

/** Takes lines: results, and what is said about them. */
export interface Lines {
  print(line: string): void;
  tell(line: string): void;
}

const terminal: Lines = {
  print: (line) => void process.stdout.write(`${printable(line)}\n`),
  tell: (line) => void process.stderr.write(`${printable(line)}\n`)
};

/**
 * Classifies images by a run's network and prints what it says of each: results on stdout, all else on stderr. Returns
 * 1 if an image could not be read, else 0.
 */
export async function predictCommand(
  study: Study,
  paths: string[],
  {run: id, json, csv}: Options,
  {print, tell} = terminal
): Promise<number> {
  const display = createDisplay();
  const pipeline = createPipeline({onEvent: display.onEvent});
  if (!id || paths.length === 0) throw await usage(study, pipeline);
  if (json && csv) throw new UserError("Results are JSON or CSV, not both.", {hint: "Leave out --json or --csv."});
  const run = findRun(study, String(id));
  const {classes} = (await pipeline.resolve(inventory({study}))).value;
  const images = findImages(paths, classes);
  leftInFolders(paths, images).forEach(tell);
  const classifier = await openClassifier({study, run}, pipeline).finally(() => display.close());
  tell("Research only. Not for clinical use.");
  tell(introduction(run.id, classifier));
  const width = Math.max(...images.map(({id}) => printableName(id.file).length));
  const {header, image, metrics} = (json ? jsonLines : csv ? commaSeparated : columns)({classes, width});
  if (header) print(header);
  const results: Classified[] = [];
  for await (const result of classifier.classify(images)) {
    results.push(result);
    print(image(result));
    result.notes?.forEach((note) => tell(`${result.id.file}: ${note}`));
  }
  classifier.dispose();
  const measured = measure(results, classes, study.analyses.bootstrap);
  if (measured) (metrics ? print : tell)((metrics ?? metricsTable)(measured));
  warnings(results).forEach(tell);
  return results.some(({error}) => error !== undefined) ? 1 : 0;
}

async function usage(study: Study, pipeline: Pipeline): Promise<UserError> {
  const having = async (has: (run: Run) => Promise<boolean>) =>
    (await Promise.all(study.runs.map(async (run) => ((await has(run)) ? [run.id] : [])))).flat().join(", ") || "none";
  const published = await having((run) => hasPublishedWeights({study, run}, pipeline));
  const trained = await having(async (run) => (await pipeline.plan(training({study, run}))).action === "store");
  const command = commandOf(study.dataset, "predict", "--run RUN FILE_OR_FOLDER... [--json|--csv]");
  return new UserError("Say whose network classifies which images.", {
    hint: `${command}\n  Published networks: ${published}.\n  Trained on this machine: ${trained}.`
  });
}

function introduction(id: string, {source, temperature, backend, caution}: Classifier): string {
  const weights = source === "store" ? "weights of this machine's store" : "published weights";
  const more = caution ? `\n${caution}` : "";
  return `${id}: ${weights}, temperature ${fixed(temperature, 3)}, computed with ${backend}.${more}`;
}

/** Metrics of the images whose class is known: those of the study, of the probabilities that are printed. */
function measure(results: Classified[], classes: readonly string[], options: BootstrapOptions): Metrics | undefined {
  const known = results.flatMap((result) =>
    result.label === undefined || result.error !== undefined ? [] : {...result, label: result.label}
  );
  if (known.length === 0) return undefined;
  return evaluate(
    {
      rows: toRows(known.keys()),
      labels: Int32Array.from(known, ({label}) => label),
      classes,
      probabilities: Float32Array.from(known.flatMap(({probabilities}) => probabilities))
    },
    options
  );
}

/** Of what is flagged and of what could not be read. */
function warnings(results: Classified[]): string[] {
  const unread = results.filter(({error}) => error !== undefined).length;
  const flagged = results.filter((result) => result.error === undefined && result.verdict?.reasons.length).length;
  return [
    ...(flagged ? [`Flagged: ${flagged} of ${results.length}. Do not rely on what is said of them: ${why}`] : []),
    ...(unread ? [`Could not be read: ${unread} of ${results.length}.`] : [])
  ];
}

const why = "they are not like the images that the network was trained on.";
