import type {compareClasses} from "../lib/evaluation/compare-classes.js";
import type {Twins} from "../lib/study/twins.js";
import {classComparison} from "../stages/compare-classes.js";
import {predictions} from "../stages/run.js";
import {study} from "../study.js";
import {bySeed, type Describe, gain} from "./over-seeds.js";
import {round} from "./rounding.js";
import {attempt, sourceOf, startOf} from "./support.js";
import type {ClassGains, Difference, Source} from "./types.js";

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
  const over = (of: (comparison: ComparedClasses["comparison"]) => Difference) =>
    gain(members.map(({pretrained: {seed}, comparison}) => ({seed, difference: of(comparison)})));
  const {rarest, classes} = members[0].comparison;
  return {
    rarest,
    shares: members.map(({comparison}) => shareOf(comparison)),
    others: over(({others}) => others),
    classes: classes.map(({class: name, images}, k) => ({
      ...{class: name, images},
      recall: over(({classes}) => classes[k].recall),
      f1: over(({classes}) => classes[k].f1)
    }))
  };
}

/** The share of the gain in macro F1, the mean of the classes' gains in F1, that is the rarest class's; null without a gain. */
function shareOf({rarest, classes}: ComparedClasses["comparison"]): number | null {
  const total = classes.reduce((sum, {f1}) => sum + f1.value, 0);
  return total > 0 ? round(classes.find((one) => one.class === rarest)!.f1.value / total) : null;
}
