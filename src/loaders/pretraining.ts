import {twins, type Twins} from "../lib/study/twins.js";
import {classGainsOverSeeds} from "../report/pretraining/class-gains.js";
import {classComparison} from "../report/pretraining/compare-classes.js";
import {alikeButForSeed, describer, levels, seedTwins, wayOf} from "../report/pretraining/describe.js";
import {gainOverSeeds, predictionsOf} from "../report/pretraining/over-seeds.js";
import {comparison} from "../report/results/compare.js";
import {evaluation} from "../report/results/evaluate.js";
import {history} from "../report/runs/training.js";
import {shorten} from "../report/shared/rounding.js";
import {each, eachRun, sourceOf, startOf, titleOf} from "../report/shared/support.js";
import {study} from "../study.js";
import type {Node} from "../lib/pipeline/types.js";
import type {ClassGains, PretrainingArtifact, StartPair} from "../report/pretraining/artifact.js";

/** How fast each start learns, and how much better than random weights the others end, seed by seed. */
export default async function (): Promise<PretrainingArtifact> {
  const evaluated = await eachRun(
    (run) => evaluation({study, run}),
    ({value}, run) => ({run, macroF1: value.overall.macroF1})
  );
  const describe = describer(evaluated.map(({run}) => run));
  const runs = await each(
    evaluated,
    ({run}) => history({study, run}),
    (result, {run, macroF1}) => ({
      ...{run: run.id, title: titleOf(run), ...describe(run), seed: run.seed, macroF1},
      ...wayOf(result.value),
      source: sourceOf(result)
    })
  );
  /** Twins that have been compared; those that differ from each other in the seed alone, together. */
  const compared = async (pairs: readonly Twins[], compare: (args: ReturnType<typeof predictionsOf>) => Node) => {
    const found = await each(
      pairs,
      (pair) => compare(predictionsOf(study, pair)),
      (result, pair) => ({...pair, source: sourceOf(result)})
    );
    return alikeButForSeed(found, describe);
  };
  const about = ([{pretrained, scratch}]: readonly Twins[]) => ({...describe(pretrained), less: startOf(scratch)});
  const gains = async (start: "random" | "mean-var"): Promise<StartPair[]> =>
    each(
      await compared(twins(study, start), comparison),
      (pairs) => gainOverSeeds({study, pairs}),
      ({value}, pairs) => ({
        ...{...about(pairs), ...shorten({spread: value.spread, seeds: seedTwins(pairs, value)})},
        source: pairs.map(({source}) => source)
      })
    );
  const whole = twins(study).filter(
    ({pretrained: {initialisation, fraction}}) => initialisation === "imagenet" && fraction === 1
  );
  const byClass: ClassGains[] = await each(
    await compared(whole, classComparison),
    (pairs) => classGainsOverSeeds({study, pairs}),
    ({value}, pairs) => ({...about(pairs), ...shorten(value), source: pairs.map(({source}) => source)})
  );
  return {levels, runs, pairs: await gains("random"), scale: await gains("mean-var"), byClass};
}
