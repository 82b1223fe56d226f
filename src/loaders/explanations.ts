import {architecture} from "../lib/models/registry.js";
import {fit} from "../lib/study/fit.js";
import type {Run} from "../lib/study/schema.js";
import {sizes} from "../report/data/sizes.js";
import {agreement, pairsOf} from "../report/explanations/agreement.js";
import {attentionEvaluation} from "../report/explanations/attention-evaluation.js";
import {faithfulnessEvaluation, sanityEvaluation} from "../report/explanations/explain.js";
import {presentAttention, presentTests} from "../report/explanations/present.js";
import {leadingRuns} from "../report/results/best-run.js";
import {maps} from "../report/runs/run.js";
import {shorten} from "../report/shared/rounding.js";
import {each, eachRun, sourceOf, startOf, titleOf} from "../report/shared/support.js";
import {study} from "../study.js";
import type {ExplanationsArtifact} from "../report/explanations/artifact.js";

/** What the tests of the maps found. A run without the result of a test is missing from it. */
export default async function (): Promise<ExplanationsArtifact> {
  const about = (run: Run) => ({run: run.id, title: titleOf(run)});
  const leading = new Set((await leadingRuns()).map(({id}) => id));
  const listed = (run: Run) => ({
    ...{...about(run), model: run.model, network: architecture(run.model).title},
    ...{start: startOf(run), leads: leading.has(run.id)}
  });
  const agreements = await each(
    pairsOf(study),
    (pair) => agreement({study, pair}),
    ({value: {spearman}, ...result}, [a, b]) =>
      spearman ? [{a: a.id, b: b.id, spearman: shorten(spearman, 4), source: sourceOf(result)}] : []
  );
  return {
    sample: fit(study, await sizes()).analyses.explanations,
    runs: await eachRun(
      (run) => maps({study, run}),
      (_, run) => listed(run)
    ),
    attention: await eachRun(
      (run) => attentionEvaluation({study, run}),
      (result, run) => ({...about(run), ...presentAttention(result.value), source: sourceOf(result)})
    ),
    faithfulness: await eachRun(
      (run) => faithfulnessEvaluation({study, run}),
      (result, run) => ({...about(run), tests: presentTests(result.value), source: sourceOf(result)})
    ),
    sanity: await eachRun(
      (run) => sanityEvaluation({study, run}),
      (result, run) => ({...about(run), cascade: shorten(result.value, 4), source: sourceOf(result)})
    ),
    agreement: agreements.flat()
  };
}
