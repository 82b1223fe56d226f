import type {Estimate} from "../lib/measures/interval.js";
import {greatest, least, sum} from "d3";
import type {Inventory, Split} from "../lib/dataset/types.js";
import {validationScore} from "../lib/evaluation/best.js";
import type {evaluate, Predictions} from "../lib/evaluation/evaluate.js";
import {clopperPearson} from "../lib/measures/interval.js";
import {argmax} from "../lib/measures/predictions.js";
import {resolve, type Result} from "../lib/pipeline/index.js";
import type {Run} from "../lib/study/schema.js";
import {inventory} from "../report/data/dataset.js";
import {evaluation} from "../report/results/evaluate.js";
import {predictions, validationPredictions} from "../report/runs/run.js";
import {history} from "../report/runs/training.js";
import {study} from "../study.js";
import {earlierPredictions} from "../report/limits/earlier-rules.js";
import {shorten} from "../report/shared/rounding.js";
import {eachRun, sourceOf, titleOf} from "../report/shared/support.js";
import type {LimitsArtifact, Shift} from "../report/limits/artifact.js";
import type {Source} from "../report/shared/source.js";

/** What a run says of one image. */
interface Judged {
  row: number;
  label: number;
  right: boolean;
}

/** A run with what it gets right. */
export interface Scored {
  run: string;
  title: string;
  fraction: number;
  /** On validation. */
  score: number;
  validation: Judged[];
  test: Judged[];
  source: Source;
}

/**
 * How often validation was looked at, how the best run's recall changes from there to test, and which images no run
 * gets right.
 */
export default async function (): Promise<LimitsArtifact> {
  const {value: images} = await resolve(inventory({study}));
  const epochs = await eachRun(
    (run) => history({study, run}),
    ({value}) => value.epochs.length
  );
  const runs = await eachRun((run) => evaluation({study, run}), scored);
  return {epochs: sum(epochs), ...limitsOf(runs, images), earlier: await earlierPredictions()};
}

/** What runs say of their own limits. */
export function limitsOf(runs: readonly Scored[], images: Inventory): Pick<LimitsArtifact, "best" | "missed"> {
  const best = greatest(runs, ({score}) => score);
  if (!best) return {best: null, missed: null};
  const byClass = images.classes.map((name, label) => ({class: name, ...shift(best, (one) => one.label === label)}));
  const {run, title, source} = best;
  return {
    best: {run, title, byClass, bySeries: bySeries(best, images), source},
    missed: missed(runs, images, fallsMost(byClass))
  };
}

async function scored(result: Result<ReturnType<typeof evaluate>>, run: Run): Promise<Scored> {
  const test = await resolve(predictions({study, run}));
  const validation = await resolve(validationPredictions({study, run}));
  return {
    run: run.id,
    title: titleOf(run),
    fraction: run.fraction,
    score: validationScore(result.value),
    validation: judge(validation.value),
    test: judge(test.value),
    source: sourceOf(result)
  };
}

function judge({rows, labels, classes, probabilities}: Predictions): Judged[] {
  const chosen = argmax(probabilities, classes.length);
  return Array.from(rows, (row, i) => ({row, label: labels[i], right: chosen[i] === labels[i]}));
}

/** The share that is right of those images that match, in both splits. */
const shift = ({validation, test}: Scored, matches: (one: Judged, split: Split) => boolean): Shift => ({
  validation: share(validation.filter((one) => matches(one, "train"))),
  test: share(test.filter((one) => matches(one, "test")))
});

function share(judged: Judged[]): Estimate | null {
  const [k, n] = [judged.filter(({right}) => right).length, judged.length];
  return n ? shorten(clopperPearson(k, n)) : null;
}

/** For every class and series of numbers that has images in all of training, validation and test. */
function bySeries(best: Scored, {classes, families, splits}: Inventory) {
  const seriesOf = (split: Split) =>
    new Map(Array.from(splits[split].rows, (row, i) => [row, splits[split].families[i]]));
  const series = {train: seriesOf("train"), test: seriesOf("test")};
  const {labels, families: ofTraining} = splits.train;
  return classes.flatMap((name, label) =>
    families.flatMap((family, index) => {
      const train = labels.filter((one, i) => one === label && ofTraining[i] === index).length;
      const both = shift(best, (one, split) => one.label === label && series[split].get(one.row) === index);
      return train && both.validation && both.test ? [{class: name, series: family, train, ...both}] : [];
    })
  );
}

/** The class whose recall falls most from validation to test. */
const fallsMost = (byClass: (Shift & {class: string})[]) =>
  least(byClass, ({validation, test}) => (validation && test ? test.value - validation.value : undefined))?.class;

/** The test images of a class that no run on all training images gets right. */
function missed(runs: readonly Scored[], {classes}: Inventory, name: string | undefined): LimitsArtifact["missed"] {
  const whole = runs.filter(({fraction}) => fraction === 1);
  if (!whole.length || name === undefined) return null;
  const label = classes.indexOf(name);
  const found = new Set(whole.flatMap(({test}) => test.flatMap(({right, row}) => (right ? row : []))));
  const members = whole[0].test.filter((one) => one.label === label);
  return {
    class: name,
    runs: whole.length,
    of: members.length,
    rows: members.flatMap(({row}) => (found.has(row) ? [] : row)),
    sources: whole.map(({source}) => source)
  };
}
