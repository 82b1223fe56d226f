import {op, table} from "arquero";
import type {SplitInventory} from "../../lib/dataset/types.js";
import type {Predictions} from "../../lib/evaluation/predicted.js";
import type {Estimate} from "../../lib/measures/interval.js";
import {clopperPearson} from "../../lib/measures/interval.js";
import {argmax} from "../../lib/measures/predictions.js";
import {stage} from "../../lib/pipeline/stage.js";
import {inventory} from "../data/dataset.js";
import {predictions, validationPredictions} from "../runs/run.js";
import type {RunArgs} from "../runs/training.js";

/** How many of some images are right, of how many, in each list; a list without any has no numbers. */
interface Counts {
  label: number;
  series: number;
  n_train?: number;
  k_validation?: number;
  n_validation?: number;
  k_test?: number;
  n_test?: number;
}

/** The images of a list with class and series (-1 for none), and whether they were predicted rightly, if at all. */
function imagesOf(list: string, {rows, labels, families}: SplitInventory, predicted?: Predictions) {
  const images = table({row: rows, label: labels, series: families, list: Array.from(rows, () => list)});
  if (!predicted) return images.derive({right: () => 0});
  const chosen = argmax(predicted.probabilities, predicted.classes.length);
  const right = Array.from(predicted.labels, (label, i) => Number(chosen[i] === label));
  return images.join(table({row: predicted.rows, right}), "row");
}

const recall = (k?: number, n?: number): Estimate | null => (n ? clopperPearson(k!, n) : null);
const shift = ({k_validation, n_validation, k_test, n_test}: Partial<Counts>) => ({
  validation: recall(k_validation, n_validation),
  test: recall(k_test, n_test)
});

/**
 * How a run's recall changes from validation to test, with exact intervals: by class, and by class and the series in
 * which a source numbered its images, where that has images in all of training, validation and test.
 */
export const recallShift = stage({
  name: "recall-shift",
  module: import.meta.url,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({
    images: inventory(args),
    validation: validationPredictions(args),
    test: predictions(args)
  }),
  run: ({images: {classes, families, splits}, validation, test}) => {
    const images = imagesOf("train", splits.train).concat(
      imagesOf("validation", splits.train, validation),
      imagesOf("test", splits.test, test)
    );
    const counted = (...by: ("label" | "series")[]) =>
      images
        .groupby(...by)
        .pivot("list", {k: op.sum("right"), n: op.count()})
        .orderby(...by)
        .objects() as Counts[];
    const ofClass = counted("label");
    return {
      byClass: classes.map((name, k) => ({class: name, ...shift(ofClass.find(({label}) => label === k) ?? {})})),
      bySeries: counted("label", "series")
        .filter(({series, n_train, n_validation, n_test}) => series >= 0 && n_train && n_validation && n_test)
        .map(({label, series, n_train, ...counts}) => ({
          ...{class: classes[label], series: families[series], train: n_train!},
          ...shift(counts)
        }))
    };
  }
});
