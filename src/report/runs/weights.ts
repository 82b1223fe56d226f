import type {NamedWeights} from "../../lib/models/architecture.js";
import {join, pack, type PackedWeights, partOf, unpack} from "../../lib/models/weights/packed.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Pipeline, Result} from "../../lib/pipeline/index.js";
import type {Node} from "../../lib/pipeline/types.js";
import {commandOf} from "../../lib/study/choose-dataset.js";
import {UserError} from "../../lib/support/errors.js";
import * as shapes from "./shapes.js";
import {training, type RunArgs} from "./training.js";

/** So many that each is below the largest file that may be published, of any network of at most six million weights. */
const parts = 8;

/** The network of a run in float16, in parts that are small enough to publish. */
export const weights = stage({
  name: "weights",
  module: import.meta.url,
  revision: 1,
  publish: true,
  shape: shapes.weights,
  id: ({run, part}: RunArgs & {part: number}) => `${run.id}/${part}`,
  inputs: ({study, run}) => ({training: training({study, run})}),
  params: ({part}) => ({part, parts}),
  run: ({training: {weights}}, {part, parts}) => partOf(pack(new Map(Object.entries(weights))), part, parts)
});

/** All parts of a run's network, in order. */
export const weightParts = (args: RunArgs) => Array.from({length: parts}, (_, i) => weights({...args, part: i + 1}));

type Parts = Readonly<Record<`part-${number}`, Node<PackedWeights>>>;

/**
 * The parts as a stage's inputs. What is computed from them belongs to the weights as they are published, rounding
 * included.
 */
export const partInputs = (args: RunArgs): Parts =>
  Object.fromEntries(weightParts(args).map((part, i) => [`part-${i + 1}`, part]));

/** The weights that a stage has been given in parts, among its other inputs. */
export const joinParts = (inputs: Readonly<Record<`part-${number}`, PackedWeights>>): PackedWeights =>
  join(Array.from({length: parts}, (_, i) => inputs[`part-${i + 1}`]));

export interface TrainedWeights {
  weights: NamedWeights;
  /** Of the training that made them. */
  key: string;
  /** This machine's own, or published and rounded to float16. */
  source: "store" | "published";
}

/**
 * The trained weights of a run: from this machine's store, or else the published ones.
 * @throws UserError where there are neither, with the command that trains the run, or where parts are of several
 *   trainings
 */
export async function trainedWeights(args: RunArgs, pipeline: Pipeline): Promise<TrainedWeights> {
  const node = training(args);
  const {action, blocked} = await pipeline.plan(node);
  if (action === "store") {
    const {value, provenance} = await pipeline.resolve(node);
    return {weights: new Map(Object.entries(value.weights)), key: provenance.key, source: "store"};
  }
  if (await hasPublishedWeights(args, pipeline)) {
    const results = await Promise.all(weightParts(args).map((part) => pipeline.resolve(part)));
    const key = results[0].provenance.inputs.training;
    results.forEach((result) => requireTraining(key, result));
    return {weights: unpack(join(results.map(({value}) => value))), key, source: "published"};
  }
  const reason = blocked ? ` (${blocked.reason})` : "";
  const train = `Train it: ${commandOf(args.study.dataset, "study", `--only ${node.id}`)}`;
  throw new UserError(
    `There are no trained weights of ${args.run.id}: none in the store and none published${reason}.`,
    {
      hint: blocked?.hint ? `${blocked.hint}\n  ${train}` : train
    }
  );
}

/** Whether all parts of a run's network are published, of this study's parameters. */
export async function hasPublishedWeights(args: RunArgs, {plan}: Pick<Pipeline, "plan">): Promise<boolean> {
  const plans = await Promise.all(weightParts(args).map((part) => plan(part)));
  return plans.every(({action}) => action === "published" || action === "store");
}

/**
 * What was computed from one training says nothing of the network of another, though both answer the same question.
 * @throws UserError where a result was not computed from the training of the key
 */
export function requireTraining(key: string, result: Pick<Result<unknown>, "provenance">): void {
  requireInput("training", key, result);
}

/** As `requireTraining`, of what was computed from the parts of the weights. */
export async function requireParts(args: RunArgs, pipeline: Pipeline, result: Pick<Result<unknown>, "provenance">) {
  for (const [name, part] of Object.entries(partInputs(args))) {
    const {key} = await pipeline.plan(part);
    requireInput(name, key!, result);
  }
}

/** As `requireTraining`, of an input of any name. */
export function requireInput(
  name: string,
  key: string,
  {provenance: {id, inputs}}: Pick<Result<unknown>, "provenance">
) {
  if (inputs[name] === key) return;
  const [other, own] = [inputs[name] ?? "none", key].map((training) => training.slice(0, 8));
  throw new UserError(`${id} belongs to another training (${other}) than the weights that it is used with (${own}).`, {
    hint:
      "Restore data/published from version control, or publish again where the network was " +
      "trained:\n  npm run study -- --only validation-predictions --publish && npm run weights -- " +
      "publish"
  });
}
