import {bestOf} from "../../lib/evaluation/best.js";
import {
  above,
  all,
  cannotTell,
  type Figure,
  joined,
  type Said,
  said,
  type Status,
  type Strength,
  type Verdict
} from "../../lib/study/claims.js";
import {fixed} from "../../lib/measures/decimal.js";
import {startNames} from "../shared/start-names.js";
import type {Published} from "../results/published-intervals.js";
import type {Comparison, ResultsArtifact, RunResult} from "../results/artifact.js";
import type {ClassGains, Gain, PretrainingArtifact, StartPair} from "../pretraining/artifact.js";
import type {Estimate, EstimateWith, Interval} from "../../lib/measures/interval.js";
import type {ExternalArtifact, ExternalRun} from "../external/artifact.js";
import type {Suspected} from "./suspected.js";

/** The shares of test images without COVID-19 that a run takes for it, of the adults' and of the children's. */
export interface Suspicion {
  run: string;
  adults: Suspected;
  children: Suspected;
}

/** What a run takes for COVID-19 in other hospitals, and of the normal test images. */
export interface SuspectedRun extends Pick<ExternalRun, "title" | "network" | "start" | "leads"> {
  adults: Suspected | null;
  children: Suspected | null;
  ill: Suspected | null;
}

/** What claims are tested over. */
export interface Evidence {
  results: ResultsArtifact;
  /** Other starts less random weights, and ImageNet less random weights of its scale. */
  pairs: StartPair[];
  scale: StartPair[];
  /** ImageNet less random weights, class by class. */
  byClass: ClassGains[];
  /** How soon every run reached a score, and what it scored after each epoch. */
  ways: Pick<PretrainingArtifact["runs"][number], "run" | "reached" | "validation">[];
  /** What runs take test images without COVID-19 for, by the collection that these are from; of COVIDx alone. */
  sameSource: Suspicion[];
  /** Images of other hospitals. */
  external: Pick<ExternalArtifact, "pairs">;
  suspected: SuspectedRun[];
  /** Xception's lead in weighted F1 over the best run of every other network and start. */
  xception: Lead[];
  /** By how much the weighted F1 of the best run is lower on the test images than on validation. */
  fall?: Estimate;
  /** The balanced accuracy of the metadata of a file, with its exact interval. */
  balance?: Estimate;
  /** What the fewest images of a class could show. */
  rarest?: {class: string; recall: Estimate};
  /** What COVID-Net was pretrained on, and who says so. */
  covidNet: {source: string; pretrained: string};
  /**
   * Its published figures, by class as well, with the intervals of their confusion matrix, where they are of this
   * dataset.
   */
  published?: Published;
}

export const number = (value: number) => fixed(value, 3);
export const range = ({low, high}: Interval) => `${number(low)} to ${number(high)}`;
export const interval = (estimate: Estimate) => `${number(estimate.value)} (${range(estimate)})`;

/** The run of a network that starts from ImageNet, sees all images and is best on validation. */
export const leader = ({results: {runs}}: Pick<Evidence, "results">, model: string) =>
  bestOf(runs.filter((run) => run.model === model && run.start === startNames.imagenet && run.fraction === 1));
/**
 * The runs of all other networks that see all images; of those that differ in the seed alone the best on validation.
 */
export const rivals = ({results: {runs}}: Pick<Evidence, "results">, model: string) =>
  runs.filter((run) => run.leads && run.fraction === 1 && run.model !== model);
/** The single run that is best on validation. */
export const best = ({results: {runs}}: Pick<Evidence, "results">) => bestOf(runs);
export const named = (results: readonly RunResult[], run: string) => results.find((result) => result.run === run);

/** Whether an interval lies above another. */
export const apart = (a: Interval, b: Interval): Status => above({low: a.low - b.high, high: a.high - b.low}, 0);

/**
 * By how much the pairs of a network, start and share of the images differ: over seeds if several, else over test
 * images.
 */
export const gainOf = ({spread, seeds}: Gain): Estimate => ({
  value: spread.mean,
  ...(spread.interval ?? seeds[0].difference)
});
export function describeGain(pair: StartPair): Said {
  const [{pretrained, scratch}] = pair.seeds;
  const gain = {text: interval(gainOf(pair)), of: {pretrained, scratch}};
  const over = pair.spread.interval
    ? `the mean of ${pair.spread.n} seeds with its interval over seeds`
    : "of one seed, with an interval over the test images alone";
  return said`${gain}, ${over}`;
}

/**
 * Whether a pair ends with a higher macro F1. One training can fail by itself, as networks from random weights do: that
 * a pair of one seed ends lower is no evidence that its start makes networks worse.
 */
export function gained(pair: StartPair): Status {
  const status = above(gainOf(pair), 0);
  return status === "not supported" && pair.spread.n === 1 ? "cannot tell" : status;
}

/** Whether all pairs end with a higher macro F1, and by how much each does. */
export function gains(pairs: readonly StartPair[]): Verdict {
  const same = ({seeds}: StartPair) => seeds.every(({sameProcedure}) => sameProcedure);
  const otherwise = ", trained by another procedure than its twin";
  const words = pairs.map(
    (pair) => said`${pair.network}: difference in macro F1 ${describeGain(pair)}${same(pair) ? "" : otherwise}.`
  );
  return {status: all(pairs.map(gained)), strength: bases(pairs), ...joined(words)};
}

/** What the intervals of gains are over. */
export const bases = (pairs: readonly StartPair[]): Strength[] => [
  ...new Set(pairs.map(({spread}) => (spread.interval ? "over seeds" : "paired test")))
];

/** What is said where published figures are of another dataset. */
export const otherDataset = cannotTell("The published figures are of COVIDx, which is not the dataset here.");

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
  theirs: Estimate;
  of: Figure["of"];
}

/**
 * Whether measures lie above published ones, by intervals that do not overlap: of those images nobody has the
 * predictions.
 */
export function beats({title}: RunResult, cited: Published, measures: readonly Measure[]): Verdict {
  const words = measures.map(
    ({name, ours, theirs, of}) => said`${name} ${{text: interval(ours), of}} against ${interval(theirs)}`
  );
  return {
    status: all(measures.map(({ours, theirs}) => apart(ours, theirs))),
    ...said`${title}, against ${cited.title}, whose intervals follow from its confusion matrix: ${joined(words, "; ")}.`
  };
}

const names = {accuracy: "accuracy", macroF1: "macro F1", weightedF1: "weighted F1"} as const;
export const overall = (result: RunResult, cited: Published): Measure[] =>
  (Object.keys(names) as (keyof typeof names)[]).map((score) => ({
    name: names[score],
    ours: result[score],
    theirs: cited[score],
    of: {run: result.run, score}
  }));

/** By how much one is ahead of another on the same images, with the p-value corrected for all in its table. */
export interface Lead extends Pick<Comparison, "a" | "b"> {
  difference: EstimateWith<"p">;
  corrected: number;
}

/** Who is ahead of whom in macro F1. */
export const leads = (comparisons: readonly Comparison[]): Lead[] =>
  comparisons.map(({a, b, macroF1, holm}) => ({a, b, difference: macroF1, corrected: holm.macroF1}));

export const reversed = ({a, b, difference: {value, low, high, p}, corrected}: Lead): Lead => ({
  ...{a: b, b: a, corrected},
  difference: {value: -value, low: -high, high: -low, p}
});

/** Whether the first is ahead, as far as the corrected p-value can tell. */
export const sign = ({difference, corrected}: Lead): Status =>
  corrected < 0.05 ? above(difference, 0) : "cannot tell";

export const probability = (p: number) => (p < 0.001 ? "below 0.001" : number(p));

/** Whether the first of each two is ahead in macro F1, by the paired bootstrap. */
export const ahead = (leads: readonly Lead[]): Verdict =>
  leads.length
    ? {
        status: all(leads.map(sign)),
        ...joined(
          leads.map(({a, b, difference, corrected}) => {
            const figure = {text: interval(difference), of: {a: a.run, b: b.run}};
            return said`${a.title} less ${b.title}: macro F1 ${figure}, p ${probability(difference.p)},
              corrected for all comparisons ${probability(corrected)}.`;
          })
        )
      }
    : cannotTell("There is nothing to compare with yet.");
