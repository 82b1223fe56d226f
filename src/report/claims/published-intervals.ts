import {bootstrapAll, type BootstrapOptions} from "../../lib/measures/bootstrap.js";
import {classification, macroF1} from "../../lib/measures/classification.js";
import {margins} from "../../lib/measures/confusion.js";
import {clopperPearson, wilson} from "../../lib/measures/interval.js";
import type {Published} from "./evidence.js";
import {shorten} from "../shared/rounding.js";

interface Figures {
  title: string;
  classes: readonly string[];
  confusion: readonly (readonly number[])[];
}

/**
 * The scores that follow from a published confusion matrix, with the intervals that our own scores of as many images
 * have: Wilson's for accuracy, exact ones for recall and precision, the bootstrap stratified by class for the F1
 * scores.
 */
export function withIntervals({title, classes, confusion}: Figures, options: BootstrapOptions): Published {
  const {truth, predicted, correct, total} = margins(confusion);
  const [macro, weighted] = bootstrapAll(
    (counts) => [macroF1(counts), classification(counts).weighted.f1],
    confusion,
    options
  ).map((score) => shorten(score));
  return {
    title,
    accuracy: shorten(wilson(correct, total)),
    macroF1: macro,
    weightedF1: weighted,
    perClass: classes.map((name, k) => ({
      class: name,
      recall: shorten(clopperPearson(confusion[k][k], truth[k])),
      precision: shorten(clopperPearson(confusion[k][k], predicted[k]))
    }))
  };
}
