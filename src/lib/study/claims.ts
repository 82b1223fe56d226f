import type {Interval} from "../measures/interval.js";
/** What the artifacts say of a claim. */
export type Status = "supported" | "not supported" | "cannot tell";

/**
 * How much a status is worth: a fact that can be looked up; a test on the same images, or intervals, that include the
 * choice of images; Student's interval over seeds, all on the same images, that does not; single observations.
 */
export type Strength = "fact" | "paired test" | "over seeds" | "intervals" | "observation";

/**
 * A number in a sentence and what it is of: a score of a classifier, over all classes or of one; a difference between
 * two classifiers on the same images; or what a start gains for a network, named by the first of its twins.
 */
export interface Figure {
  text: string;
  of:
    | {run: string; score: "accuracy" | "balancedAccuracy" | "macroF1" | "weightedF1"}
    | {run: string; score: "recall" | "precision"; class: string}
    | {a: string; b: string}
    | {pretrained: string; scratch: string};
}

/** A sentence, and the numbers in it of which more can be shown, in their order. */
export interface Said {
  because: string;
  figures: Figure[];
}

/** A status, and the numbers that say so in a sentence. */
export interface Verdict extends Partial<Said> {
  status: Status;
  because: string;
  /** Where what was done depends on the results. */
  strength?: readonly Strength[];
}

/** A template for sentences with numbers of which more can be shown; a line that is broken in it goes on. */
export function said(strings: TemplateStringsArray, ...values: (string | number | Figure | Said)[]): Said {
  const parts = values.map((value): Said => {
    if (typeof value !== "object") return {because: String(value), figures: []};
    return "because" in value ? value : {because: value.text, figures: [value]};
  });
  return {
    because: strings
      .map((text) => text.replace(/\s*\n\s*/g, " "))
      .reduce((text, next, i) => `${text}${parts[i - 1].because}${next}`),
    figures: parts.flatMap(({figures}) => figures)
  };
}

/** Sentences in one. */
export const joined = (all: readonly Said[], separator = " "): Said => ({
  because: all.map(({because}) => because).join(separator),
  figures: all.flatMap(({figures}) => figures)
});

/** A sentence that the report's prose may contain, with the test over its artifacts that decides what becomes of it. */
export interface Claim<Evidence> {
  id: string;
  statement: string;
  /** Who says so. */
  source: string;
  strength: Strength;
  test(evidence: Evidence): Verdict;
}

/** Whether an interval lies above a value, below it, or holds it. */
export const above = ({low, high}: Interval, value: number): Status =>
  low > value ? "supported" : high < value ? "not supported" : "cannot tell";

/**
 * Of several statuses that must all hold: one that does not decides, then one that cannot be told; of none nothing can
 * be told.
 */
export function all(statuses: readonly Status[]): Status {
  if (statuses.includes("not supported")) return "not supported";
  return statuses.length === 0 || statuses.includes("cannot tell") ? "cannot tell" : "supported";
}

/** What is said where a result is missing. */
export const cannotTell = (because: string): Verdict => ({status: "cannot tell", because});

/** Judges every claim. Throws where two have the same id. */
export function judge<Evidence>(claims: readonly Claim<Evidence>[], evidence: Evidence) {
  const ids = claims.map(({id}) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice) throw new Error(`Two claims are called ${twice}.`);
  return claims.map(({test, strength: usual, ...claim}) => {
    const {strength = [usual], ...verdict} = test(evidence);
    return {...claim, strength: strength.join(", "), ...verdict};
  });
}
