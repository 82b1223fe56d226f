import type {Estimate} from "measures";
import {classTitle} from "../shared/classes.js";
import {count, list, score} from "../shared/format.js";
import type {Behind} from "./lens.js";
import {behindAccuracy, byBootstrap, type Counted, outcomes, type Scored, wrongAndRight} from "./lens-words.js";

export type Mean =
  | "balancedAccuracy"
  | "macroRecall"
  | "macroPrecision"
  | "macroF1"
  | "weightedRecall"
  | "weightedPrecision"
  | "weightedF1";

const fraction = (k: number, n: number) => `${count(k)}/${count(n)}`;

type ClassCounts = Counted["perClass"][number];

const ofClass = {
  recall: ({recall: {k = NaN, n = NaN}}: ClassCounts) => fraction(k, n),
  precision: ({precision: {k = NaN, n = NaN}}: ClassCounts) => (n ? fraction(k, n) : "0"),
  f1: (scores: ClassCounts) => {
    const {tp, fp, fn} = outcomes(scores);
    return fraction(2 * tp, 2 * tp + fp + fn);
  }
};

const means: Record<Mean, {title: string; of: keyof typeof ofClass; weighted?: boolean}> = {
  balancedAccuracy: {title: "Balanced accuracy", of: "recall"},
  macroRecall: {title: "Macro recall", of: "recall"},
  macroPrecision: {title: "Macro precision", of: "precision"},
  macroF1: {title: "Macro F1", of: "f1"},
  weightedRecall: {title: "Weighted recall", of: "recall", weighted: true},
  weightedPrecision: {title: "Weighted precision", of: "precision", weighted: true},
  weightedF1: {title: "Weighted F1", of: "f1", weighted: true}
};

/** Whether a measure is a mean of fractions. */
export const isMean = (name: string): name is Mean => name in means;

const called = {recall: "recall, found/all", precision: "precision, right/predicted", f1: "F1, 2TP/(2TP + FP + FN)"};

/** Behind a mean over the classes: the fraction of each of them. */
export function behindMean<Name extends Mean>(scored: Scored<Counted & Record<Name, Estimate>>, name: Name): Behind {
  const {run, resamples} = scored;
  const {title, of, weighted} = means[name];
  const parts = run.perClass.map((scores) => `${classTitle(scores.class)} ${ofClass[of](scores)}`);
  return {
    title: `${title} of ${run.title}`,
    words: [
      `The mean over the classes${weighted ? ", weighted by their images," : ""} of the ${called[of]}: ${list(parts)}.`,
      byBootstrap(run[name], resamples)
    ],
    parts: wrongAndRight(scored)
  };
}

/** Behind a score over all classes. */
export const behindScore = <Name extends Mean>(
  scored: Scored<Counted & Record<Name, Estimate>>,
  name: Name | "accuracy"
): Behind => (name === "accuracy" ? behindAccuracy(scored) : behindMean(scored, name));

/** Behind a measure that no counts make up: what it is and how its interval came about. */
export const behindMeasure = (title: string, e: Estimate, resamples: number): Behind => ({
  title,
  words: [`${score(e.value, 3)}.`, byBootstrap(e, resamples)]
});
