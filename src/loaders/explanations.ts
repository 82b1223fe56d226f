import type {EstimateWith} from "../lib/measures/interval.js";
import {architecture} from "../lib/models/registry.js";
import {fit} from "../lib/study/fit.js";
import {agreement, pairsOf} from "../report/explanations/agreement.js";
import {attentionEvaluation} from "../report/explanations/attention-evaluation.js";
import {faithfulnessEvaluation, sanityEvaluation} from "../report/explanations/explain.js";
import {maps} from "../report/runs/run.js";
import {study} from "../study.js";
import {leadingRuns} from "../report/results/best-run.js";
import {round, rounded, shorten} from "../report/shared/rounding.js";
import {sizes} from "../report/data/sizes.js";
import {attempt, eachRun, sourceOf, startOf, titleOf} from "../report/shared/support.js";
import type {ExplanationsArtifact, Judgement} from "../report/explanations/artifact.js";

/** Suspects that the page shows of a run; how many there are is told. */
const shown = 24;

/** What the tests of the maps found. A run without the result of a test is missing from it. */
export default async function (): Promise<ExplanationsArtifact> {
  const about = (run: (typeof study.runs)[number]) => ({run: run.id, title: titleOf(run)});
  const leading = new Set((await leadingRuns()).map(({id}) => id));
  const agreements = [];
  for (const pair of pairsOf(study)) {
    const result = await attempt(agreement({study, pair}));
    if (!("value" in result) || !result.value.spearman) continue;
    const [a, b] = pair.map(({id}) => id);
    agreements.push({a, b, spearman: rounding(result.value.spearman), source: sourceOf(result)});
  }
  return {
    sample: fit(study, await sizes()).analyses.explanations,
    runs: await eachRun(
      (run) => maps({study, run}),
      (_, run) => ({
        ...about(run),
        ...{model: run.model, network: architecture(run.model).title, start: startOf(run), leads: leading.has(run.id)}
      })
    ),
    attention: await eachRun(
      (run) => attentionEvaluation({study, run}),
      (result, run) => ({
        ...about(run),
        table: result.value.table.map(({energy, hits, ...row}) => ({
          ...row,
          energy: judgement(energy),
          hits: judgement(hits)
        })),
        suspects: result.value.suspects
          .slice(0, shown)
          .map((suspect) => ({...suspect, share: round(suspect.share, 4)})),
        suspected: result.value.suspects.length,
        source: sourceOf(result)
      })
    ),
    faithfulness: await eachRun(
      (run) => faithfulnessEvaluation({study, run}),
      (result, run) => ({
        ...about(run),
        tests: result.value.map(({kind, orders, minusCentre, minusRandom}) => ({
          kind,
          orders: orders.map(({order, curve, area}) => ({order, curve: rounded(curve, 3), area: rounding(area)})),
          minusCentre: rounding(minusCentre),
          minusRandom: rounding(minusRandom)
        })),
        source: sourceOf(result)
      })
    ),
    sanity: await eachRun(
      (run) => sanityEvaluation({study, run}),
      (result, run) => ({
        ...about(run),
        cascade: result.value.map(({share, layer, empty, spearman, ssim}) => ({
          share: round(share, 4),
          layer,
          empty,
          spearman: rounding(spearman),
          ssim: rounding(ssim)
        })),
        source: sourceOf(result)
      })
    ),
    agreement: agreements
  };
}

const rounding = (mean: EstimateWith<"n">) => shorten(mean, 4);

const judgement = ({map, uniform, centre, gain}: Record<keyof Judgement, EstimateWith<"n">>): Judgement => ({
  map: rounding(map),
  uniform: round(uniform.value, 4),
  centre: round(centre.value, 4),
  gain: rounding(gain)
});
