import {least, sum} from "d3";
import type {compareClasses} from "../../lib/evaluation/compare-classes.js";
import type {EstimateWith} from "../../lib/measures/interval.js";
import {stage} from "../../lib/pipeline/stage.js";
import {classComparison} from "./compare-classes.js";
import {bySeed, gain, seedsId, seedsOf, type SeedsArgs} from "./over-seeds.js";
import type {ClassGains} from "./artifact.js";

type Compared = ReturnType<typeof compareClasses>;

/** In which classes a start helps, seed by seed, and over the seeds. */
export const classGainsOverSeeds = stage({
  name: "class-gains-over-seeds",
  module: import.meta.url,
  id: seedsId,
  inputs: (args: SeedsArgs) => bySeed(args, classComparison),
  params: seedsOf,
  run: (inputs, {seeds}) => gainsOf(seeds.map((seed) => ({seed, compared: inputs[`seed ${seed}`]})))
});

/** The gains of twins that differ from each other in the seed alone. */
function gainsOf(members: readonly {seed: number; compared: Compared}[]): GainsByClass {
  const over = (of: (compared: Compared) => EstimateWith<"p">) =>
    gain(members.map(({seed, compared}) => ({seed, difference: of(compared)})));
  const {classes} = members[0].compared;
  const fewest = least(classes, ({images}) => images)!.images;
  const [rarest, ...asRare] = classes.flatMap(({images}, k) => (images === fewest ? k : []));
  const isRarest = asRare.length === 0;
  return {
    rarest: isRarest ? classes[rarest].class : null,
    shares: members.map(({compared}) =>
      isRarest
        ? shareOf(
            rarest,
            compared.classes.map(({f1}) => f1.value)
          )
        : null
    ),
    others: over(({others}) => others),
    classes: classes.map(({class: name, images}, k) => ({
      ...{class: name, images},
      recall: over(({classes}) => classes[k].recall),
      f1: over(({classes}) => classes[k].f1)
    }))
  };
}

type GainsByClass = Pick<ClassGains, "rarest" | "shares" | "others" | "classes">;

/** A mean gain that two decimals show as none. */
const shownAsNone = 0.005;

/**
 * The share that one of several gains has in their sum; null where a share says nothing: the sum is no gain, or so
 * small that it is shown as none, or what is left after most of the gains and losses have cancelled out, of which any
 * of them is many times as much.
 */
export function shareOf(which: number, gains: readonly number[]): number | null {
  const total = sum(gains);
  const cancelled = total < sum(gains, Math.abs) / 2;
  return cancelled || total / gains.length < shownAsNone ? null : gains[which] / total;
}
