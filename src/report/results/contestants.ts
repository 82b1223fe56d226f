import type {evaluate} from "../../lib/evaluation/evaluate.js";
import type {Predictions} from "../../lib/evaluation/predicted.js";
import {architecture} from "../../lib/models/registry.js";
import type {Node} from "../../lib/pipeline/types.js";
import type {Run, Study} from "../../lib/study/schema.js";
import {ensemble, ensembleEvaluation, ways} from "../ensembles/ensemble.js";
import {wayTitles} from "../ensembles/way-titles.js";
import {baseline, baselineEvaluation, baselines} from "./baselines.js";
import {probe, probedModels, probeEvaluation} from "./probe.js";

/** What predicts the test images: where its scores and its predictions come from. */
export interface Contestant {
  run: string;
  title: string;
  evaluation: Node<ReturnType<typeof evaluate>>;
  predictions: Node<Predictions>;
}

const baselineTitles = {
  prior: "Shares of the classes, whatever the image",
  thumbnail: "Logistic regression on a thumbnail of 16 × 16 pixels",
  metadata: "Logistic regression on aspect ratio, size and mean brightness"
};

export const probes = (study: Study): Contestant[] =>
  probedModels(study).map((model) => ({
    run: `probe-${model}`,
    title: `${architecture(model).title}, linear probe`,
    evaluation: probeEvaluation({study, model}),
    predictions: probe({study, model})
  }));

export const withoutNetwork = (study: Study): Contestant[] =>
  baselines.map((name) => ({
    run: `baseline-${name}`,
    title: baselineTitles[name],
    evaluation: baselineEvaluation({study, baseline: name}),
    predictions: baseline({study, baseline: name})
  }));

/** The ensembles of at least two members whose weights do not come from the test images. */
export const ensembles = (study: Study, members: readonly Run[]): Contestant[] =>
  (members.length < 2 ? [] : ways)
    .filter((way) => way !== "on-test")
    .map((way) => ({
      run: `ensemble-${way}`,
      title: wayTitles[way],
      evaluation: ensembleEvaluation({study, members, way}),
      predictions: ensemble({study, members, way})
    }));
