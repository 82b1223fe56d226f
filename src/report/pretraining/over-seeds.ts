import {groups} from "d3";
import {spread} from "../../lib/evaluation/spread.js";
import type {Run} from "../../lib/study/schema.js";
import type {Twins} from "../../lib/study/twins.js";
import {round} from "../shared/rounding.js";
import type {Difference} from "../../lib/evaluation/compare.js";
import type {Gain, SeedSpread, StartPair} from "./artifact.js";

/** What a run is, for figures. */
export type Describe = (run: Run) => Pick<StartPair, "model" | "network" | "start" | "fraction">;

/** Twins that differ from each other in the seed alone, together. */
export const bySeed = <T extends Twins>(pairs: readonly T[], describe: Describe): T[][] =>
  groups(pairs, ({pretrained}) => JSON.stringify({...describe(pretrained), procedure: pretrained.procedure})).map(
    ([, members]) => members
  );

/** A difference seed by seed, and over the seeds. */
export const gain = (members: readonly {seed: number; difference: Difference}[]): Gain => ({
  seeds: members.map(({seed, difference: {value, low, high, p}}) => ({
    seed,
    difference: {value: round(value), low: round(low), high: round(high), p: round(p)}
  })),
  spread: overSeeds(members.map(({difference}) => difference.value))
});

/** Mean, range and Student's interval of a difference over seeds. */
export function overSeeds(values: number[]): SeedSpread {
  const {n, mean, min, max, interval} = spread(values);
  const ends = interval && {low: round(interval.lower), high: round(interval.upper)};
  return {n, mean: round(mean), min: round(min), max: round(max), interval: ends};
}
