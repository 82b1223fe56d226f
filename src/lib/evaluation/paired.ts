import {bootstrapDifferences} from "../measures/bootstrap.js";
import type {BootstrapOptions, Strata} from "../measures/bootstrap.js";
import type {EstimateWith} from "../measures/interval.js";
import {confusionMatrix} from "../measures/confusion.js";
import type {Confusion} from "../measures/confusion.js";

/**
 * Differences of statistics between two classifiers of the same images, a less b, by the paired stratified bootstrap:
 * an image is drawn with both of its predictions, so that what both find hard does not count as uncertainty. Throws
 * `UserError` for lengths or classes that do not fit.
 */
export function pairedDifferences(
  statistics: (confusion: Confusion) => readonly number[],
  {labels, a, b, classes}: {labels: ArrayLike<number>; a: ArrayLike<number>; b: ArrayLike<number>; classes: number},
  options?: BootstrapOptions
): EstimateWith<"p">[] {
  confusionMatrix(labels, a, classes); // refuses what does not fit
  confusionMatrix(labels, b, classes);
  const strata = Array.from({length: classes}, () => new Array<number>(classes ** 2).fill(0));
  for (let i = 0; i < labels.length; ++i) strata[labels[i]][a[i] * classes + b[i]] += 1;
  const [ofA, ofB] = [0, 1].map(() => Array.from({length: classes}, () => new Array<number>(classes).fill(0)));
  return bootstrapDifferences(
    (counts) => {
      fold(counts, ofA, ofB);
      const second = [...statistics(ofB)];
      return statistics(ofA).map((value, i) => value - second[i]);
    },
    strata,
    options
  );
}

/** Overwrites the two confusion matrices with those of counts by true class and pair of predictions. */
function fold(counts: Strata, ofA: number[][], ofB: number[][]): void {
  const classes = counts.length;
  for (let truth = 0; truth < classes; ++truth) {
    ofA[truth].fill(0);
    ofB[truth].fill(0);
    counts[truth].forEach((n, pair) => {
      ofA[truth][Math.floor(pair / classes)] += n;
      ofB[truth][pair % classes] += n;
    });
  }
}
