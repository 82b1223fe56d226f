import {spread} from "../../lib/measures/spread.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Study} from "../../lib/study/schema.js";
import type {Twins} from "../../lib/study/twins.js";
import {comparison} from "../results/compare.js";
import {predictions} from "../runs/run.js";
import type {Node} from "../../lib/pipeline/types.js";
import type {Gain} from "./artifact.js";

/** Twins that differ from each other in the seed alone. */
export interface SeedsArgs {
  study: Study;
  pairs: readonly Twins[];
}

/** The predictions of twins, to be compared. */
export const predictionsOf = (study: Study, {pretrained, scratch}: Twins) => ({
  study,
  a: predictions({study, run: pretrained}),
  b: predictions({study, run: scratch})
});

/** What tells such twins from others, and the nodes of their seeds. */
export const seedsId = ({pairs: [{pretrained, scratch}]}: SeedsArgs) => `${pretrained.id}/${scratch.id}`;
export const seedsOf = ({pairs}: SeedsArgs) => ({seeds: pairs.map(({pretrained: {seed}}) => seed)});
export const bySeed = <T>(
  {study, pairs}: SeedsArgs,
  node: (args: ReturnType<typeof predictionsOf>) => Node<T>
): Readonly<Record<`seed ${number}`, Node<T>>> =>
  Object.fromEntries(pairs.map((pair) => [`seed ${pair.pretrained.seed}`, node(predictionsOf(study, pair))]));

/** What a start gains in macro F1, seed by seed, and over the seeds. */
export const gainOverSeeds = stage({
  name: "gain-over-seeds",
  module: import.meta.url,
  id: seedsId,
  inputs: (args: SeedsArgs) => bySeed(args, comparison),
  params: seedsOf,
  run: (inputs, {seeds}) => gain(seeds.map((seed) => ({seed, difference: inputs[`seed ${seed}`].macroF1})))
});

/** A difference seed by seed, and over the seeds. */
export const gain = (seeds: Gain["seeds"]): Gain => ({
  seeds,
  spread: spread(seeds.map(({difference}) => difference.value))
});
