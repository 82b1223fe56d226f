import {round} from "./support.js";

/** An estimate or a difference, with as few digits as a figure needs; what else it has, such as counts, stays. */
export const shorten = <E extends {value: number; low: number; high: number; p?: number}>(estimate: E): E => ({
  ...estimate,
  value: round(estimate.value),
  low: round(estimate.low),
  high: round(estimate.high),
  ...(estimate.p === undefined ? {} : {p: round(estimate.p)})
});
