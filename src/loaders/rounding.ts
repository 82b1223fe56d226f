import {round} from "./support.js";

/** More than any figure shows: pages round again, and 0.80497 that had become 0.805 would be 0.81 there. */
const digits = 6;

/** An estimate or a difference with fewer digits; what else it has, such as counts, stays. */
export const shorten = <E extends {value: number; low: number; high: number; p?: number}>(estimate: E): E => ({
  ...estimate,
  value: round(estimate.value, digits),
  low: round(estimate.low, digits),
  high: round(estimate.high, digits),
  ...(estimate.p === undefined ? {} : {p: round(estimate.p, digits)})
});
