import type {Estimate} from "measures";

export type Verdict = "higher" | "lower" | "unclear";

/** Compares two scores by their 95% intervals: the order is settled only where the intervals do not overlap. */
export function compare(a: Estimate, b: Estimate): Verdict {
  if (a.low > b.high) return "higher";
  return a.high < b.low ? "lower" : "unclear";
}
