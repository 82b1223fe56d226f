import {bootstrapAll, type BootstrapOptions} from "../../lib/measures/bootstrap.js";
import {classification, macroF1} from "../../lib/measures/classification.js";
import {margins} from "../../lib/measures/confusion.js";
import type {Estimate} from "../../lib/measures/interval.js";
import {clopperPearson, wilson} from "../../lib/measures/interval.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Study} from "../../lib/study/schema.js";
import type {CitedResult} from "./artifact.js";

/** Published scores with the intervals that the images leave them. */
export interface Published extends Pick<CitedResult, "title"> {
  accuracy: Estimate;
  macroF1: Estimate;
  weightedF1: Estimate;
  perClass: {class: string; recall: Estimate; precision: Estimate}[];
}

/** What is published of a classifier. */
interface Figures {
  id: string;
  title: string;
  classes: readonly string[];
  confusion: readonly (readonly number[])[];
}

/**
 * The scores that follow from a published confusion matrix, with the intervals that our own scores of as many images
 * have: Wilson's for accuracy, exact ones for recall and precision, the bootstrap stratified by class for the F1
 * scores.
 */
function withIntervals({title, classes, confusion}: Omit<Figures, "id">, options: BootstrapOptions): Published {
  const {truth, predicted, correct, total} = margins(confusion);
  const [macro, weighted] = bootstrapAll(
    (counts) => [macroF1(counts), classification(counts).weighted.f1],
    confusion,
    options
  );
  return {
    title,
    accuracy: wilson(correct, total),
    macroF1: macro,
    weightedF1: weighted,
    perClass: classes.map((name, k) => ({
      class: name,
      recall: clopperPearson(confusion[k][k], truth[k]),
      precision: clopperPearson(confusion[k][k], predicted[k])
    }))
  };
}

/** A published classifier, scored as ours are. */
export const publishedIntervals = stage({
  name: "published-intervals",
  module: import.meta.url,
  id: ({figures}: {study: Study; figures: Figures}) => figures.id,
  params: ({study, figures: {title, classes, confusion}}) => ({
    figures: {title, classes, confusion},
    bootstrap: study.analyses.bootstrap
  }),
  run: (_, {figures, bootstrap}) => withIntervals(figures, bootstrap)
});
