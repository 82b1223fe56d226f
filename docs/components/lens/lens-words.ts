import type {Estimate} from "measures";
import type {RunDetail, RunResult} from "../../../src/report/results/artifact.js";
import {count, interval, plural} from "../shared/format.js";
import type {Behind} from "./lens.js";

export type ClassScore = RunResult["perClass"][number];

type Counts = Pick<Estimate, "k" | "n">;

/** What a classifier got right, by class and, where its predictions are at hand, with the images behind its numbers. */
export interface Counted extends Pick<RunResult, "title" | "accuracy">, Partial<Pick<RunDetail, "confusion">> {
  perClass: {class: string; recall: Counts; precision: Counts}[];
}

/** A classifier, and the resamples of the bootstrap behind its intervals. */
export interface Scored<Run extends Counted = RunResult & Counted> {
  run: Run;
  resamples: number;
}

/** An interval and where it comes from, in words. */
export const byMethod = (e: Estimate, method: string) => `95% interval ${interval(e)}, ${method}.`;

/** An interval of the bootstrap, in words. */
export const byBootstrap = (e: Estimate, resamples: number) =>
  byMethod(e, `the middle of ${count(resamples)} bootstrap resamples, stratified by class`);

/** Whether an image is meant, by its true and its predicted class. */
export type Passes = (actual: string, predicted: string) => boolean;

/** The images in the cells of a confusion matrix that pass; none where the matrix is not at hand. */
const rowsOf = ({run}: Scored<Counted>, passes: Passes): number[] =>
  (run.confusion ?? []).flatMap((cell) => (passes(cell.actual, cell.predicted) ? cell.rows : []));

/** The images that have a part in a number, where the confusion matrix is at hand. */
export const partsOf = (scored: Scored<Counted>, parts: [title: string, passes: Passes][]) =>
  scored.run.confusion && parts.map(([title, passes]) => ({title, rows: rowsOf(scored, passes)}));

/**
 * The images that a score over all classes rests on: those that the classifier gets wrong, and those that it gets
 * right.
 */
export const wrongAndRight = (scored: Scored<Counted>) =>
  partsOf(scored, [
    ["Wrong", (a, p) => a !== p],
    ["Right", (a, p) => a === p]
  ]);

/** Behind the accuracy of a run. */
export const behindAccuracy = (scored: Scored<Counted>): Behind => {
  const {title, accuracy} = scored.run;
  return {
    title: `Accuracy of ${title}`,
    words: [
      `${count(accuracy.k ?? NaN)} of ${plural(accuracy.n ?? NaN, "test image")} are predicted right.`,
      byMethod(accuracy, "Wilson’s")
    ],
    parts: wrongAndRight(scored)
  };
};

/** True and false positives and false negatives, from the counts behind recall and precision. */
export const outcomes = ({recall, precision}: Record<"recall" | "precision", Counts>) => {
  const [tp, predicted, support] = [recall.k ?? NaN, precision.n ?? NaN, recall.n ?? NaN];
  return {tp, fp: predicted - tp, fn: support - tp};
};
