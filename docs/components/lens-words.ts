import type {Estimate, RunDetail, RunResult} from "../../src/loaders/types.js";
import {count, interval, plural} from "./format.js";
import type {Behind} from "./lens.js";

/** Of a run and, where its predictions are at hand, of the images behind its numbers. */
export interface Scored {
  run: RunResult & Partial<Pick<RunDetail, "confusion">>;
  /** Resamples of the bootstrap behind the intervals. */
  resamples: number;
}

export type ClassScore = RunResult["perClass"][number];

/** An interval and where it comes from, in words. */
export const byMethod = (e: Estimate, method: string) => `95% interval ${interval(e)}, ${method}.`;

/** An interval of the bootstrap, in words. */
export const byBootstrap = (e: Estimate, resamples: number) =>
  byMethod(e, `the middle of ${count(resamples)} bootstrap resamples, stratified by class`);

/** Whether an image is meant, by its true and its predicted class. */
export type Passes = (actual: string, predicted: string) => boolean;

/** The images in the cells of a confusion matrix that pass; none where the matrix is not at hand. */
const rowsOf = ({run}: Scored, passes: Passes): number[] =>
  (run.confusion ?? []).flatMap((cell) => (passes(cell.actual, cell.predicted) ? cell.rows : []));

/** The images that have a part in a number, where the confusion matrix is at hand. */
export const partsOf = (scored: Scored, parts: [title: string, passes: Passes][]) =>
  scored.run.confusion && parts.map(([title, passes]) => ({title, rows: rowsOf(scored, passes)}));

/** Behind the accuracy of a run: the images that it gets wrong, and those that it gets right. */
export const behindAccuracy = (scored: Scored): Behind => {
  const {title, accuracy} = scored.run;
  return {
    title: `Accuracy of ${title}`,
    words: [
      `${count(accuracy.k ?? NaN)} of ${plural(accuracy.n ?? NaN, "test image")} are predicted right.`,
      byMethod(accuracy, "Wilson’s")
    ],
    parts: partsOf(scored, [
      ["Wrong", (a, p) => a !== p],
      ["Right", (a, p) => a === p]
    ])
  };
};

/** True and false positives and false negatives, from the counts behind recall and precision. */
export const outcomes = ({recall, precision}: Pick<ClassScore, "recall" | "precision">) => {
  const [tp, predicted, support] = [recall.k ?? NaN, precision.n ?? NaN, recall.n ?? NaN];
  return {tp, fp: predicted - tp, fn: support - tp};
};
