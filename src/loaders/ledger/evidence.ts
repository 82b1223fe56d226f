import {
  above,
  all,
  cannotTell,
  type Ends,
  type Figure,
  joined,
  type Said,
  said,
  type Status,
  type Verdict
} from "../../lib/study/claims.js";
import type {
  CitedResult,
  Comparison,
  Estimate,
  PretrainingArtifact,
  ResultsArtifact,
  RunResult,
  StudyResult
} from "../types.js";

export type Pair = PretrainingArtifact["pairs"][number];

/** What claims are tested over. */
export interface Evidence {
  results: ResultsArtifact;
  pairs: Pair[];
  /** How soon every run reached a score. */
  ways: Pick<PretrainingArtifact["runs"][number], "run" | "reached">[];
  /** COVID-Net's published figures, by class as well, and what it was pretrained on. */
  covidNet: CitedResult & {pretrained: string; perClass: {class: string; recall: number; precision: number}[]};
}

export const number = (value: number, digits = 3) => value.toFixed(digits).replace("-", "−");
export const range = ({low, high}: Ends) => `${number(low, 2)} to ${number(high, 2)}`;
export const interval = (estimate: Estimate) => `${number(estimate.value)} (${range(estimate)})`;

/** The run of a network that starts from ImageNet and is best on validation. */
export const leader = ({results: {runs}}: Evidence, model: string) =>
  runs.filter((run) => run.leads && run.model === model && run.start === "ImageNet").reduce(better, undefined);
/** The leading runs of all other networks. */
export const rivals = ({results: {runs}}: Evidence, model: string) =>
  runs.filter((run) => run.leads && run.model !== model);
const validationOf = ({validation}: RunResult) => validation?.weightedF1 ?? 0;
const better = (a: StudyResult | undefined, b: StudyResult) => (!a || validationOf(b) > validationOf(a) ? b : a);
/** The single run that is best on validation. */
export const best = ({results: {runs}}: Evidence) => runs.reduce(better, undefined);
export const named = (results: readonly RunResult[], run: string) => results.find((result) => result.run === run);

/** Whether an interval lies above another. */
export const apart = (a: Ends, b: Ends): Status => above({low: a.low - b.high, high: a.high - b.low}, 0);

/** By how much the pairs of a network, start and share of the images end better than from random weights: over seeds if several. */
export const gainOf = ({spread, seeds}: Pair): Estimate => ({
  value: spread.mean,
  ...(spread.interval ?? seeds[0].difference)
});
export const describeGain = (pair: Pair): Said => {
  const {model, start, fraction, spread} = pair;
  const gain = {text: interval(gainOf(pair)), of: {model, start, fraction}};
  return said`${gain} over ${spread.n === 1 ? "one seed, interval over test images" : `${spread.n} seeds, interval over them`}`;
};

type Score = Exclude<Extract<Figure["of"], {score: string}>, {class: string}>["score"];
/** A score of a classifier, with its interval. */
export const score = (result: RunResult, name: Score): Figure => ({
  text: interval(result[name]),
  of: {run: result.run, score: name}
});

/** A measure beside a published one. */
export interface Measure {
  name: string;
  ours: Estimate;
  theirs: number;
  of: Figure["of"];
}

/** Whether measures lie above published ones, which have no interval. */
export function beats(title: string, measures: readonly Measure[]): Verdict {
  const words = measures.map(
    ({name, ours, theirs, of}) => said`${name} ${{text: interval(ours), of}} against ${number(theirs)}`
  );
  return {
    status: all(measures.map(({ours, theirs}) => above(ours, theirs))),
    ...said`${title}: ${joined(words, "; ")}.`
  };
}

const names = {accuracy: "accuracy", macroF1: "macro F1", weightedF1: "weighted F1"} as const;
export const overall = (result: RunResult, cited: CitedResult): Measure[] =>
  (Object.keys(names) as (keyof typeof names)[]).map((score) => ({
    name: names[score],
    ours: result[score],
    theirs: cited[score],
    of: {run: result.run, score}
  }));

/** Whether the best run is ahead of others, by the paired bootstrap of the macro F1. */
export const ahead = (comparisons: readonly Comparison[]): Verdict =>
  comparisons.length
    ? {
        status: all(comparisons.map(({macroF1}) => above(macroF1, 0))),
        ...joined(
          comparisons.map(({a, b, macroF1}) => {
            const figure = {text: interval(macroF1), of: {a: a.run, b: b.run}};
            return said`${a.title} less ${b.title}: macro F1 ${figure}.`;
          })
        )
      }
    : cannotTell("There is nothing to compare with yet.");

export const reversed = ({a, b, macroF1: {value, low, high, p}, ...rest}: Comparison): Comparison => ({
  ...{...rest, a: b, b: a},
  macroF1: {value: -value, low: -high, high: -low, p}
});
