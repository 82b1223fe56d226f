import {className, classTitle} from "../shared/classes.js";
import {count, plural} from "../shared/format.js";
import type {Behind} from "./lens.js";
import {byBootstrap, byMethod, type ClassScore, outcomes, partsOf, type Passes, type Scored} from "./lens-words.js";

/** Behind the recall, precision or F1 of a class, or the area under its receiver operating characteristic. */
export function behindClassScore(
  scored: Scored,
  of: ClassScore,
  name: "recall" | "precision" | "f1" | "rocAuc"
): Behind {
  const missed: Passes = (a, p) => a === of.class && p !== of.class;
  const found: Passes = (a, p) => a === of.class && p === of.class;
  const mistaken: Passes = (a, p) => a !== of.class && p === of.class;
  const parts: Record<typeof name, [string, Passes][]> = {
    recall: [
      ["Missed", missed],
      ["Found", found]
    ],
    precision: [
      ["Of another class", mistaken],
      ["Right", found]
    ],
    f1: [
      ["Missed (FN)", missed],
      ["Of another class (FP)", mistaken],
      ["Right (TP)", found]
    ],
    rocAuc: []
  };
  const titles = {recall: "Recall", precision: "Precision", f1: "F1", rocAuc: "ROC AUC"};
  return {
    title: `${titles[name]} of ${classTitle(of.class)}`,
    words: classWords(scored, of)[name](),
    parts: partsOf(scored, parts[name])
  };
}

/** The counts and the interval of each score of a class. */
const classWords = ({run, resamples}: Scored, {class: name, recall, precision, f1, rocAuc, support}: ClassScore) => ({
  recall: () => [
    `Of ${plural(recall.n ?? NaN, `${className(name)} image`)}, ${count(recall.k ?? NaN)} are found.`,
    byMethod(recall, "Clopper and Pearson’s")
  ],
  precision: () =>
    precision.n
      ? [
          `Of ${plural(precision.n, "image")} predicted ${className(name)}, ${count(precision.k ?? NaN)} are.`,
          byMethod(precision, "Clopper and Pearson’s")
        ]
      : [`No image is predicted ${className(name)}.`],
  f1: () => {
    const {tp, fp, fn} = outcomes({recall, precision});
    return [
      `2TP / (2TP + FP + FN) = 2 × ${count(tp)} / (2 × ${count(tp)} + ${count(fp)} + ${count(fn)}).`,
      byBootstrap(f1, resamples)
    ];
  },
  rocAuc: () => [
    `The share of the ${count(support)} × ${count(run.images - support)} pairs of a ` +
      `${className(name)} and another image that the probability puts in the right order.`,
    ...(rocAuc ? [byBootstrap(rocAuc, resamples)] : [])
  ]
});
