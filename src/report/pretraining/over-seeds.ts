import type {EstimateWith} from "../../lib/measures/interval.js";
import {groups} from "d3";
import {spread, type Spread} from "../../lib/measures/spread.js";
import type {Run} from "../../lib/study/schema.js";
import type {Twins} from "../../lib/study/twins.js";
import {round, shorten} from "../shared/rounding.js";
import type {Gain, StartPair} from "./artifact.js";

/** What a run is, for figures. */
export type Describe = (run: Run) => Pick<StartPair, "model" | "network" | "start" | "fraction">;

/** Twins that differ from each other in the seed alone, together. */
export const bySeed = <T extends Twins>(pairs: readonly T[], describe: Describe): T[][] =>
  groups(pairs, ({pretrained}) => JSON.stringify({...describe(pretrained), procedure: pretrained.procedure})).map(
    ([, members]) => members
  );

/** A difference seed by seed, and over the seeds. */
export const gain = (members: readonly {seed: number; difference: EstimateWith<"p">}[]): Gain => ({
  seeds: members.map(({seed, difference}) => ({seed, difference: shorten(difference)})),
  spread: overSeeds(members.map(({difference}) => difference.value))
});

/** Mean, range and Student's interval of a difference over seeds. */
export function overSeeds(values: number[]): Spread {
  const {n, mean, min, max, interval} = spread(values);
  const ends = interval && {low: round(interval.low), high: round(interval.high)};
  return {n, mean: round(mean), min: round(min), max: round(max), interval: ends};
}
