import {above, all, cannotTell, type Ends, type Status, type Verdict} from "../../lib/study/claims.js";
import {bestOf} from "../best-run.js";
import type {CitedResult, Comparison, Estimate, PretrainingArtifact, ResultsArtifact, RunResult} from "../types.js";

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
  bestOf(runs.filter((run) => run.leads && run.model === model && run.start === "ImageNet"));
/** The leading runs of all other networks. */
export const rivals = ({results: {runs}}: Evidence, model: string) =>
  runs.filter((run) => run.leads && run.model !== model);
/** The single run that is best on validation. */
export const best = ({results: {runs}}: Evidence) => bestOf(runs);
export const named = (results: readonly RunResult[], run: string) => results.find((result) => result.run === run);

/** Whether an interval lies above another. */
export const apart = (a: Ends, b: Ends): Status => above({low: a.low - b.high, high: a.high - b.low}, 0);

/** By how much the pairs of a network, start and share of the images end better than from random weights: over seeds if several. */
export const gainOf = ({spread, seeds}: Pair): Estimate => ({
  value: spread.mean,
  ...(spread.interval ?? seeds[0].difference)
});
export const describeGain = (pair: Pair) => `${interval(gainOf(pair))} over ${pair.spread.n === 1 ? "one seed, interval over test images" : `${pair.spread.n} seeds, interval over them`}`; // prettier-ignore

/** Whether measures lie above published ones, which have no interval. */
export function beats(title: string, measures: {name: string; ours: Estimate; theirs: number}[]): Verdict {
  const words = measures.map(({name, ours, theirs}) => `${name} ${interval(ours)} against ${number(theirs)}`);
  return {
    status: all(measures.map(({ours, theirs}) => above(ours, theirs))),
    because: `${title}: ${words.join("; ")}.`
  };
}

export const overall = (result: RunResult, cited: CitedResult) => [
  {name: "accuracy", ours: result.accuracy, theirs: cited.accuracy},
  {name: "macro F1", ours: result.macroF1, theirs: cited.macroF1},
  {name: "weighted F1", ours: result.weightedF1, theirs: cited.weightedF1}
];

/** Whether the best run is ahead of others, by the paired bootstrap of the macro F1. */
export const ahead = (comparisons: readonly Comparison[]): Verdict =>
  comparisons.length
    ? {
        status: all(comparisons.map(({macroF1}) => above(macroF1, 0))),
        because: comparisons
          .map(({a, b, macroF1}) => `${a.title} less ${b.title}: macro F1 ${interval(macroF1)}.`)
          .join(" ")
      }
    : cannotTell("There is nothing to compare with yet.");

export const reversed = ({a, b, macroF1: {value, low, high, p}, ...rest}: Comparison): Comparison => ({
  ...{...rest, a: b, b: a},
  macroF1: {value: -value, low: -high, high: -low, p}
});
