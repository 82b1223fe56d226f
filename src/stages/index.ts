import {modelIds} from "../lib/models/registry.js";
import type {Node} from "../lib/pipeline/types.js";
import type {Study} from "../lib/study/schema.js";
import {study as theStudy} from "../study.js";
import {agreement, pairsOf} from "./agreement.js";
import {attentionEvaluation} from "./attention-evaluation.js";
import {inventory, split} from "./dataset.js";
import {embedding} from "./embed.js";
import {evaluation} from "./evaluate.js";
import {faithfulnessEvaluation, methods, sanityEvaluation} from "./explain.js";
import {filters, profile} from "./networks.js";
import {probedModels, probeEvaluation} from "./probe.js";
import {components, maps, predictions, validationPredictions} from "./run.js";
import {history} from "./training.js";

/** Everything a study computes for the report; what these need upstream follows from them. */
export function nodes(study: Study = theStudy): Node[] {
  return [
    inventory({study}),
    split({study}),
    ...modelIds.map((model) => profile({model})),
    ...probedModels(study).map((model) => probeEvaluation({study, model})),
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
        attentionEvaluation
      ].map((stage) => stage({study, run}) as Node)
    ),
    ...pairsOf(study).map((pair) => agreement({study, pair}))
  ];
}
