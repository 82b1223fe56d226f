import reference from "../../../data/reference-values.json" with {type: "json"};
import {classification} from "../../lib/measures/classification.js";
import {round} from "../shared/rounding.js";
import type {CitedResult} from "./artifact.js";

/** Published elsewhere, with the scores that follow from the published confusion matrix. */
export const cited: CitedResult[] = reference.results.map(({id, title, source, note, split, images, confusion}) => {
  const {accuracy, macro, weighted} = classification(confusion);
  return {
    id,
    title,
    source,
    note,
    split,
    images,
    accuracy: round(accuracy),
    macroF1: round(macro.f1),
    weightedF1: round(weighted.f1)
  };
});
