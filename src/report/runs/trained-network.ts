import {randomly} from "../../lib/models/initialise.js";
import {Network} from "../../lib/models/network.js";
import type {StageContext} from "../../lib/pipeline/types.js";
import type {SavedWeights} from "../../lib/training/state.js";
import {startBackend} from "./start-backend.js";
import type {RunArgs} from "./training.js";
import {architectureOf} from "./train-network.js";

export interface NetworkParams {
  model: string;
  greyStem: boolean;
}

export const networkParams = ({study, run}: RunArgs): NetworkParams => ({
  model: run.model,
  greyStem: study.procedures[run.procedure].greyStem
});

/** The trained network of a run. A backend must have been started. To be disposed. */
export async function restored(
  {model, greyStem}: NetworkParams,
  {size, classes, weights}: {size: number; classes: number; weights: SavedWeights}
): Promise<Network> {
  // The initial values are all replaced; dropout is of no effect in inference.
  const network = new Network(await architectureOf(model, {greyStem}), {classes, size, dropout: 0}, randomly(0));
  network.load(new Map(Object.entries(weights)), "the run's training");
  return network;
}

/** What a stage has of a trained network: its weights, and the images and classes that they are for. */
export interface TrainedOn {
  training: {weights: SavedWeights};
  images: {size: number};
  inventory: {classes: readonly string[]};
}

/** Starts the backend and lends the trained network of a run for as long as it is used, also by what throws. */
export async function withNetwork<T>(
  params: NetworkParams,
  {training: {weights}, images: {size}, inventory: {classes}}: TrainedOn,
  context: StageContext,
  use: (network: Network) => Promise<T>
): Promise<T> {
  await startBackend(context);
  const network = await restored(params, {size, classes: classes.length, weights});
  try {
    return await use(network);
  } finally {
    network.dispose();
  }
}

export const counting =
  ({progress}: StageContext) =>
  (done: number, total: number) =>
    progress({done, total, unit: "images"});
