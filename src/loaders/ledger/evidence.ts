import {bestOf} from "../../lib/evaluation/best.js";
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
import {startNames} from "../start-names.js";
import type {
  CitedResult,
  ClassGains,
  Comparison,
  Estimate,
  ExternalArtifact,
  Gain,
  PretrainingArtifact,
  ResultsArtifact,
  RunResult,
  StartPair
} from "../types.js";

/** What claims are tested over. */
export interface Evidence {
  results: ResultsArtifact;
  /** Other starts less random weights, and ImageNet less random weights of its scale. */
  pairs: StartPair[];
  scale: StartPair[];
  /** ImageNet less random weights, class by class. */
  byClass: ClassGains[];
  /** How soon every run reached a score. */
  ways: Pick<PretrainingArtifact["runs"][number], "run" | "reached">[];
  /** Images of other hospitals. */
  external: Pick<ExternalArtifact, "classes" | "runs" | "pairs">;
  /** COVID-Net's published figures, by class as well, and what it was pretrained on. */
  covidNet: CitedResult & {pretrained: string; perClass: {class: string; recall: number; precision: number}[]};
}

export const number = (value: number, digits = 3) => value.toFixed(digits).replace("-", "−");
export const range = ({low, high}: Ends) => `${number(low)} to ${number(high)}`;
export const interval = (estimate: Estimate) => `${number(estimate.value)} (${range(estimate)})`;

/** The run of a network that starts from ImageNet, sees all images and is best on validation. */
export const leader = ({results: {runs}}: Evidence, model: string) =>
  bestOf(runs.filter((run) => run.model === model && run.start === startNames.imagenet && run.fraction === 1));
/** The runs of all other networks that see all images; of those that differ in the seed alone the best on validation. */
export const rivals = ({results: {runs}}: Evidence, model: string) =>
  runs.filter((run) => run.leads && run.fraction === 1 && run.model !== model);
/** The single run that is best on validation. */
export const best = ({results: {runs}}: Evidence) => bestOf(runs);
export const named = (results: readonly RunResult[], run: string) => results.find((result) => result.run === run);

/** Whether an interval lies above another. */
export const apart = (a: Ends, b: Ends): Status => above({low: a.low - b.high, high: a.high - b.low}, 0);

/** By how much the pairs of a network, start and share of the images differ: over seeds if several, else over test images. */
export const gainOf = ({spread, seeds}: Gain): Estimate => ({
  value: spread.mean,
  ...(spread.interval ?? seeds[0].difference)
});
export function describeGain(pair: StartPair): Said {
  const [{pretrained, scratch}] = pair.seeds;
  const gain = {text: interval(gainOf(pair)), of: {pretrained, scratch}};
  return said`${gain}, ${pair.spread.interval ? `the mean of ${pair.spread.n} seeds with its interval over seeds` : "of one seed, with an interval over the test images alone"}`;
}

/** Whether all pairs end with a higher macro F1, and by how much each does. */
export function gains(pairs: readonly StartPair[]): Verdict {
  const same = ({seeds}: StartPair) => seeds.every(({sameProcedure}) => sameProcedure);
  const words = pairs.map(
    (pair) => said`${pair.network}: difference in macro F1 ${describeGain(pair)}${same(pair) ? "" : ", trained by another procedure than its twin"}.` // prettier-ignore
  );
  return {status: all(pairs.map((pair) => above(gainOf(pair), 0))), ...joined(words)};
}

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
export function beats({title}: RunResult, cited: CitedResult, measures: readonly Measure[]): Verdict {
  const words = measures.map(
    ({name, ours, theirs, of}) => said`${name} ${{text: interval(ours), of}} against ${number(theirs)}`
  );
  return {
    status: all(measures.map(({ours, theirs}) => above(ours, theirs))),
    ...said`${title}, against ${cited.title}, whose figures are taken as exact: ${joined(words, "; ")}.`
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
