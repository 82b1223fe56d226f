import {deciding, type Pair, pairTitle} from "./pretraining-gain.js";
import {count, list, percent, plural} from "./format.js";

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
    : `Intervals are over seeds where there are several (${seeds}); every other comparison rests on one, so that its interval, ${leftOut}.`;
}

const pairShort = ({network, fraction}: Pair) => (fraction < 1 ? `${network} with ${percent(fraction, 0)}` : network);

/** What the pairs say together. */
export function describePairs(pairs: readonly Pair[]): string {
  if (!pairs.length)
    return "No network has been trained both from random weights and from others yet: there is nothing to compare.";
  const named = (pair: Pair) => `${pairTitle(pair)} (${plural(pair.spread.n, "seed")})`;
  const of = (wanted: string) => pairs.filter((pair) => verdict(pair) === wanted).map(named);
  const sentence = (names: string[], one: string, many: string) =>
    names.length ? [`${list(names)} ${names.length > 1 ? many : one}`] : [];
  const parts = [
    ...sentence(
      of("better"),
      "ends better than its twin from random weights",
      "end better than their twins from random weights"
    ),
    ...sentence(of("worse"), "ends worse", "end worse"),
    ...sentence(of("unclear"), "cannot be told apart from its twin", "cannot be told apart from their twins")
  ];
  return `${parts.join("; ")}. ${describeBasis(pairs)}`;
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
  const most = Math.max(...pairs.map(({spread}) => spread.n));
  return `Of ${plural(pairs.length, "comparison")} with random weights, ${count(pairs.length - repeated.length)} ${pairs.length - repeated.length === 1 ? "rests" : "rest"} on one seed, the others on up to ${count(most)}. With so few, the interval over seeds is wide, or there is none.`;
}
