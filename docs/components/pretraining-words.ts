import {deciding, type Pair, pairTitle} from "./pretraining-gain.js";
import {list} from "./format.js";

/** Whether a pair's interval lies above zero, below it or holds it. */
const verdict = (pair: Pair) => {
  const {low, high} = deciding(pair);
  return low > 0 ? "better" : high < 0 ? "worse" : "unclear";
};

/** What the pairs say together. */
export function describePairs(pairs: readonly Pair[]): string {
  if (!pairs.length)
    return "No network has been trained both from random weights and from others yet: there is nothing to compare.";
  const of = (wanted: string) => pairs.filter((pair) => verdict(pair) === wanted).map(pairTitle);
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
  return `${parts.join("; ")}.`;
}

/** What else than the start differs between twins. */
export const describeProcedures = (pairs: readonly Pair[]): string =>
  pairs.every(({seeds}) => seeds.every(({sameProcedure}) => sameProcedure))
    ? "Twins are trained by the same procedure, in as many epochs."
    : "Some twins are trained by different procedures, so that a difference may have other causes than the start.";
