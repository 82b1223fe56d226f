import {resolve} from "../lib/pipeline/index.js";
import type {Run} from "../lib/study/schema.js";
import {architecture} from "../lib/models/registry.js";
import {featureAgreement, featureChange, featurePairs} from "../report/pretraining/feature-change.js";
import {summarized} from "../report/pretraining/layers.js";
import {shorten} from "../report/shared/rounding.js";
import {each, eachRun, sourceOf, startOf, titleOf} from "../report/shared/support.js";
import {study} from "../study.js";
import type {FeatureChangeArtifact} from "../report/pretraining/artifact.js";

/** How much of what each run started from is left in its features, and how alike runs end, layer by layer. */
export default async (): Promise<FeatureChangeArtifact> => ({
  runs: await eachRun(
    (run) => featureChange({study, run}),
    async (result, run) => ({
      ...{run: run.id, title: titleOf(run), start: startOf(run), seed: run.seed, ...alike(run)},
      ...shorten(await layers(featureChange({study, run}))),
      source: sourceOf(result)
    })
  ),
  pairs: await each(
    featurePairs(study),
    (pair) => featureAgreement({study, pair}),
    async (result, [a, b]) => ({
      ...{a: a.id, b: b.id, starts: [startOf(a), startOf(b)], seeds: [a.seed, b.seed], ...alike(a)},
      ...shorten(await layers(featureAgreement({study, pair: [a, b]}))),
      source: sourceOf(result)
    })
  )
});

const layers = async (of: ReturnType<typeof featureChange>) => (await resolve(summarized({of}))).value;

const alike = ({model, fraction}: Run) => ({network: architecture(model).title, fraction});
