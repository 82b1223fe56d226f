import {type Grid, mix, searchWeights, selectGreedily} from "../../lib/measures/ensemble.js";
import {evaluate} from "../../lib/evaluation/evaluate.js";
import type {Predictions} from "../../lib/evaluation/predicted.js";
import {scoresOf} from "../../lib/evaluation/scores.js";
import type {Node} from "../../lib/pipeline/types.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Run, Study} from "../../lib/study/schema.js";
import {predictions, validationPredictions} from "../runs/run.js";

/** The runs that a study joins. */
export const ensembleMembers = ({runs, analyses}: Study): Run[] =>
  analyses.ensemble.members.map((member) => runs.find(({id}) => id === member)!);

/**
 * How weights come about: equal; by an exhaustive search of a grid for the best weighted F1 on validation; by greedy
 * selection on validation; and by the search on the very images that the ensemble is judged by, which shows what that
 * would seem to gain.
 */
export const ways = ["average", "tuned", "greedy", "on-test"] as const;
export type Way = (typeof ways)[number];

/** Twentieths for up to five members, coarser for more: what is judged in seconds. */
export const searchGrid: Grid = {resolution: 20, points: 12_000};

export interface EnsembleArgs {
  study: Study;
  members: readonly Run[];
  way: Way;
}

/** Weights for some runs, and the probabilities that the runs together give the test and the validation images. */
export const ensemble = stage({
  name: "ensemble",
  module: import.meta.url,
  id: ({way}: EnsembleArgs) => way,
  inputs: ({study, members}) =>
    Object.fromEntries(
      members.flatMap((run): [string, Node<Predictions>][] => [
        [`test ${run.id}`, predictions({study, run})],
        [`validation ${run.id}`, validationPredictions({study, run})]
      ])
    ),
  params: ({members, way}) => ({
    way,
    members: members.map(({id}) => id),
    search: searchGrid,
    rounds: 20
  }),
  run: (inputs, {way, members, search, rounds}) => {
    const [test, validation] = ["test", "validation"].map((split) => members.map((id) => inputs[`${split} ${id}`]));
    const known = way === "on-test" ? test : validation;
    const judge = (probabilities: Float64Array) => weightedF1({...known[0], probabilities});
    const weights = {
      average: () => members.map(() => 1 / members.length),
      tuned: () => searchWeights(probabilitiesOf(known), judge, search).weights,
      "on-test": () => searchWeights(probabilitiesOf(known), judge, search).weights,
      greedy: () => selectGreedily(probabilitiesOf(known), judge, rounds).weights
    }[way]();
    return {...mixture(test, weights), weights, validation: mixture(validation, weights)};
  }
});

const probabilitiesOf = (images: Predictions[]) => images.map(({probabilities}) => probabilities);

const weightedF1 = ({
  labels,
  classes,
  probabilities
}: Pick<Predictions, "labels" | "classes"> & {probabilities: ArrayLike<number>}) =>
  scoresOf(probabilities, labels, classes.length).weightedF1;

const mixture = (images: Predictions[], weights: number[]): Predictions => ({
  ...images[0],
  probabilities: Float32Array.from(mix(probabilitiesOf(images), weights))
});

/** Metrics of an ensemble on the test images. */
export const ensembleEvaluation = stage({
  name: "ensemble-evaluation",
  module: import.meta.url,
  id: ({way}: EnsembleArgs) => way,
  inputs: (args) => ({predictions: ensemble(args)}),
  params: ({study}) => study.analyses.bootstrap,
  run: ({predictions}, options) => evaluate(predictions, options, predictions.validation)
});
