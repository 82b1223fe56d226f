import type {Estimate} from "../../../src/lib/measures/interval.js";

/** A share of n, at least one, with its 95% interval (Wilson 1927). */
export function wilson(k: number, n: number): Estimate {
  const z = 1.959963984540054; // of the standard normal distribution, 97.5% lie below
  const [value, scale] = [k / n, 1 + z ** 2 / n];
  const centre = (value + z ** 2 / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((value * (1 - value)) / n + z ** 2 / (4 * n ** 2));
  return {value, low: k === 0 ? 0 : centre - half, high: k === n ? 1 : centre + half, k, n};
}
