import type {EstimateWith} from "../../lib/measures/interval.js";
import {least, sum} from "d3";
import type {compareClasses} from "../../lib/evaluation/compare-classes.js";
import type {Twins} from "../../lib/study/twins.js";
import {classComparison} from "./compare-classes.js";
import {predictions} from "../runs/run.js";
import {study} from "../../study.js";
import {bySeed, type Describe, gain} from "./over-seeds.js";
import {round} from "../shared/rounding.js";
import {attempt, sourceOf, startOf} from "../shared/support.js";
import type {ClassGains} from "./artifact.js";
import type {Source} from "../shared/source.js";

export interface ComparedClasses extends Twins {
  comparison: ReturnType<typeof compareClasses>;
  source: Source;
}

/** In which classes ImageNet helps: of the twins on all images that both have predicted the test images. */
export async function classGains(pairs: readonly Twins[], describe: Describe): Promise<ClassGains[]> {
  const found: ComparedClasses[] = [];
  for (const {pretrained, scratch} of pairs) {
    if (pretrained.initialisation !== "imagenet" || pretrained.fraction < 1) continue;
    const [a, b] = [pretrained, scratch].map((run) => predictions({study, run}));
    const result = await attempt(classComparison({study, a, b}));
    if ("value" in result) found.push({pretrained, scratch, comparison: result.value, source: sourceOf(result)});
  }
  return bySeed(found, describe).map((members) => ({
    ...describe(members[0].pretrained),
    less: startOf(members[0].scratch),
    ...gainsOf(members),
    source: members.map(({source}) => source)
  }));
}

/** The gains of twins that differ from each other in the seed alone. */
export function gainsOf(members: readonly ComparedClasses[]) {
  const over = (of: (comparison: ComparedClasses["comparison"]) => EstimateWith<"p">) =>
    gain(members.map(({pretrained: {seed}, comparison}) => ({seed, difference: of(comparison)})));
  const {classes} = members[0].comparison;
  const fewest = least(classes, ({images}) => images)!;
  const rarest = classes.filter(({images}) => images === fewest.images).length === 1 ? fewest.class : null;
  return {
    rarest,
    shares: members.map(({comparison}) => {
      const gains = comparison.classes.map(({f1}) => f1.value);
      const share =
        rarest === null
          ? null
          : shareOf(
              classes.findIndex((one) => one.class === rarest),
              gains
            );
      return share === null ? null : round(share);
    }),
    others: over(({others}) => others),
    classes: classes.map(({class: name, images}, k) => ({
      ...{class: name, images},
      recall: over(({classes}) => classes[k].recall),
      f1: over(({classes}) => classes[k].f1)
    }))
  };
}

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
