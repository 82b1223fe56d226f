import {deciding, type Pair} from "./pretraining-gain.js";
import {count, list, percent, plural} from "../shared/format.js";

export type Verdict = "better" | "worse" | "unclear";

/** Whether a pair's interval lies above zero, below it or holds it. */
export const verdict = (pair: Pair): Verdict => {
  const {low, high} = deciding(pair);
  return low > 0 ? "better" : high < 0 ? "worse" : "unclear";
};

/** What the deciding intervals are over, and what those of one seed leave out. */
export function describeBasis(pairs: readonly Pair[]): string {
  const repeated = pairs.filter(({spread}) => spread.interval);
  const leftOut = "over test images, leaves out what another seed would change";
  if (!repeated.length) return `Every comparison rests on one seed, so that its interval, ${leftOut}.`;
  const seeds = list(repeated.map((pair) => `${count(pair.spread.n)} of ${pairShort(pair)}`));
  return repeated.length === pairs.length
    ? `Intervals are over seeds (${seeds}).`
    : `Intervals are over seeds where there are several (${seeds}); every other comparison rests on ` +
        `one, so that its interval, ${leftOut}.`;
}

const pairShort = ({network, fraction}: Pair) => (fraction < 1 ? `${network} with ${percent(fraction, 0)}` : network);

/** What the pairs say together, start by start; those that end no better are named. */
export function describePairs(pairs: readonly Pair[]): string {
  if (!pairs.length)
    return "No network has been trained both from random weights and from others yet: there is nothing to compare.";
  const starts = [...new Set(pairs.map(({start}) => start))];
  const words = starts.map((start) =>
    describeStart(
      start,
      pairs.filter((pair) => pair.start === start)
    )
  );
  return `${words.join(" ")} ${describeBasis(pairs)}`;
}

function describeStart(start: string, pairs: readonly Pair[]): string {
  const of = (wanted: Verdict) => pairs.filter((pair) => verdict(pair) === wanted);
  const named = (some: readonly Pair[]) =>
    list(some.map((pair) => `${pairShort(pair)} (${plural(pair.spread.n, "seed")})`));
  const [better, worse, unclear] = (["better", "worse", "unclear"] as const).map(of);
  return (
    `Of ${plural(pairs.length, "comparison")} of ${start} with random weights, each of one network ` +
    `and share of the images, ${count(better.length)} ${better.length === 1 ? "ends" : "end"} ` +
    "better" +
    (worse.length ? `; ${named(worse)} ${worse.length === 1 ? "ends" : "end"} worse` : "") +
    (unclear.length ? `; ${named(unclear)} cannot be told apart from random weights` : "") +
    "."
  );
}

/** What else than the start differs between twins. */
export const describeProcedures = (pairs: readonly Pair[]): string =>
  pairs.every(({seeds}) => seeds.every(({sameProcedure}) => sameProcedure))
    ? "Twins are trained by the same procedure, in as many epochs."
    : "Some twins are trained by different procedures, so that a difference may have other causes than the start.";

/** How many of the comparisons rest on one seed alone. */
export function describeSeeds(pairs: readonly Pair[]): string {
  if (!pairs.length) return "No comparison of two starts has been made yet.";
  const repeated = pairs.filter(({spread}) => spread.n > 1);
  if (!repeated.length)
    return "Every comparison with random weights rests on one seed, so that there is no interval over seeds.";
  const most = Math.max(...pairs.map(({spread}) => spread.n));
  return (
    `Of ${plural(pairs.length, "comparison")} with random weights, ` +
    `${count(pairs.length - repeated.length)} ` +
    `${pairs.length - repeated.length === 1 ? "rests" : "rest"} on one seed, the others on up to ` +
    `${count(most)}. With so few, the interval over seeds is wide, or there is none.`
  );
}
