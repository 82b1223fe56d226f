import {mean} from "d3";
import type {Run} from "../lib/study/schema.js";
import {architecture} from "../lib/models/registry.js";
import {featureAgreement, featureChange, featurePairs} from "../report/pretraining/feature-change.js";
import {study} from "../study.js";
import {round} from "../report/shared/rounding.js";
import {attempt, eachRun, sourceOf, startOf, titleOf} from "../report/shared/support.js";
import type {FeatureChangeArtifact, LayerSimilarity} from "../report/pretraining/artifact.js";

/** How much of what each run started from is left in its features, and how alike runs end, layer by layer. */
export default async function (): Promise<FeatureChangeArtifact> {
  const runs = await eachRun(
    (run) => featureChange({study, run}),
    (result, run) => ({
      ...{run: run.id, title: titleOf(run), start: startOf(run), seed: run.seed, ...alike(run)},
      ...describeLayers(result.value),
      source: sourceOf(result)
    })
  );
  return {runs, pairs: await pairs()};
}

const alike = ({model, fraction}: Run) => ({network: architecture(model).title, fraction});

async function pairs(): Promise<FeatureChangeArtifact["pairs"]> {
  const found: FeatureChangeArtifact["pairs"] = [];
  for (const pair of featurePairs(study)) {
    const result = await attempt(featureAgreement({study, pair}));
    if ("missing" in result) continue;
    const [a, b] = pair;
    found.push({
      ...{a: a.id, b: b.id, starts: [startOf(a), startOf(b)], seeds: [a.seed, b.seed], ...alike(a)},
      ...describeLayers(result.value),
      source: sourceOf(result)
    });
  }
  return found;
}

/**
 * The layers with fewer digits, and the means over the third next to the images and over the third next to the head.
 */
export function describeLayers(layers: readonly LayerSimilarity[]) {
  const meanWhere = (is: (depth: number) => boolean) =>
    round(
      mean(
        layers.filter(({depth}) => is(depth)),
        ({cka}) => cka
      )!
    );
  return {
    layers: layers.map(({layer, depth, cka}) => ({layer, depth: round(depth), cka: round(cka)})),
    lowest: meanWhere((depth) => depth <= 1 / 3),
    highest: meanWhere((depth) => depth > 2 / 3)
  };
}
