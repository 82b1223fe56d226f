import {collectionNames} from "../lib/dataset/external.js";
import {modelIds} from "../lib/models/registry.js";
import type {Node} from "../lib/pipeline/types.js";
import type {Study} from "../lib/study/schema.js";
import {twins} from "../lib/study/twins.js";
import {plan, procedures} from "../experiments.js";
import {study as theStudy} from "../study.js";
import {cellResult} from "./experiments/cell.js";
import {agreement, pairsOf} from "./explanations/agreement.js";
import {attentionEvaluation} from "./explanations/attention-evaluation.js";
import {baselineEvaluation, baselines} from "./results/baselines.js";
import {comparison} from "./results/compare.js";
import {classComparison} from "./pretraining/compare-classes.js";
import {inventory, sharedPatients, split} from "./data/dataset.js";
import {embedding} from "./map/embed.js";
import {ensembleEvaluation, ensembleMembers, ways} from "./ensembles/ensemble.js";
import {evaluation} from "./results/evaluate.js";
import {externalPredictions} from "./external/predictions.js";
import {collectionSummary} from "./external/collection.js";
import {externalComparison, externalEvaluation, homeEvaluation} from "./external/evaluation.js";
import {exactBalance, rarestRecall} from "./claims/certainty.js";
import {suspicion} from "./claims/same-source.js";
import {suspected} from "./claims/suspected.js";
import {faithfulnessEvaluation, methods, sanityEvaluation} from "./explanations/explain.js";
import {inferenceTime, timedBackends} from "./networks/inference-time.js";
import {featureAgreement, featureChange, featurePairs} from "./pretraining/feature-change.js";
import {filters, profile} from "./networks/profile.js";
import {probedModels, probeEvaluation} from "./results/probe.js";
import {components, maps, predictions, validationPredictions} from "./runs/run.js";
import {history} from "./runs/training.js";

/** The networks that the report counts: the report on COVIDx all that there are, others those that they train. */
export const countedModels = ({dataset, runs}: Study): string[] =>
  dataset.name === "covidx" ? modelIds : [...new Set(runs.map(({model}) => model))];

/** Everything a study computes for the report; what these need upstream follows from them. */
export function nodes(study: Study = theStudy): Node[] {
  const models = countedModels(study);
  return [
    inventory({study}),
    split({study}),
    sharedPatients({study}),
    ...models.map((model) => profile({model})),
    ...timedBackends
      .filter((backend) => backend === process.env.TFJS_BACKEND)
      .flatMap((backend) => models.map((model) => inferenceTime({model, backend}))),
    ...probedModels(study).map((model) => probeEvaluation({study, model})),
    ...baselines.map((baseline) => baselineEvaluation({study, baseline})),
    exactBalance({study, baseline: "metadata"}),
    rarestRecall({study}),
    ...ensembles(study),
    ...comparisons(study),
    ...study.runs.flatMap((run) =>
      [
        history,
        filters,
        predictions,
        validationPredictions,
        components,
        maps,
        methods,
        evaluation,
        embedding,
        faithfulnessEvaluation,
        sanityEvaluation,
        attentionEvaluation,
        featureChange
      ].map((stage) => stage({study, run}) as Node)
    ),
    ...pairsOf(study).map((pair) => agreement({study, pair})),
    ...featurePairs(study).map((pair) => featureAgreement({study, pair})),
    ...external(study),
    ...experiments(study)
  ];
}

/** The experiments are about these images alone. */
const experiments = ({dataset}: Study): Node[] =>
  dataset.name === "covidx" ? plan.cells.map((cell) => cellResult({plan, procedures, cell})) : [];

/** Radiographs from elsewhere say something of networks that have been trained on radiographs. */
function external(study: Study): Node[] {
  if (study.dataset.name !== "covidx") return [];
  const predictors = [...study.runs.map((run) => [run]), ensembleMembers(study)].filter((runs) => runs.length > 0);
  return [
    ...predictors.map((runs) => homeEvaluation({study, runs})),
    ...study.runs.flatMap((run): Node[] => [suspicion({study, run}), suspected({study, run})]),
    ...collectionNames.flatMap((collection) => [
      collectionSummary({study, collection}),
      ...study.runs.map((run) => externalPredictions({study, collection, run})),
      ...predictors.map((runs) => externalEvaluation({study, collection, runs})),
      ...twins(study).map((pair) => externalComparison({study, collection, ...pair}))
    ])
  ];
}

/** Nothing is joined of fewer than two networks. */
function ensembles(study: Study): Node[] {
  const members = ensembleMembers(study);
  return members.length < 2 ? [] : ways.map((way) => ensembleEvaluation({study, members, way}));
}

/** Every run beside the one from random weights that it is to be compared with. */
const comparisons = (study: Study): Node[] =>
  twins(study).flatMap(({pretrained, scratch}) => {
    const [a, b] = [pretrained, scratch].map((run) => predictions({study, run}));
    return [comparison({study, a, b}), classComparison({study, a, b})];
  });
