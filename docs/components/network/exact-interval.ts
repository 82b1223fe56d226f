import type {Estimate} from "../../../src/lib/measures/interval.js";

/** Chance of at most k successes in n trials; 0 < p < 1. */
function atMost(k: number, n: number, p: number): number {
  let term = n * Math.log1p(-p);
  let sum = Math.exp(term);
  for (let i = 1; i <= k; ++i) {
    term += Math.log((n - i + 1) / i) + Math.log(p) - Math.log1p(-p);
    sum += Math.exp(term);
  }
  return sum;
}

/** Where a decreasing function of a share falls to a value. */
function bisect(f: (p: number) => number, value: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 50; ++step) {
    const middle = (low + high) / 2;
    if (f(middle) > value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** A share of n with its exact interval (Clopper & Pearson 1934); of nothing, nothing is known. */
export function exact(k: number, n: number, level = 0.95): Estimate {
  const tail = (1 - level) / 2;
  return {
    value: k / n,
    low: k === 0 ? 0 : bisect((p) => atMost(k - 1, n, p), 1 - tail),
    high: k === n ? 1 : bisect((p) => atMost(k, n, p), tail),
    k,
    n
  };
}
