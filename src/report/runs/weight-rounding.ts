import {gather} from "../../lib/dataset/gather.js";
import {logLoss} from "../../lib/measures/calibration.js";
import {argmax} from "../../lib/measures/predictions.js";
import {unpack} from "../../lib/models/weights/packed.js";
import {stage} from "../../lib/pipeline/stage.js";
import {predict} from "../../lib/training/inference.js";
import type {SavedWeights} from "../../lib/training/state.js";
import {trainingList} from "./run.js";
import * as shapes from "./shapes.js";
import {counting, networkParams, withNetwork} from "./trained-network.js";
import type {RunArgs} from "./training.js";
import {joinParts, partInputs} from "./weights.js";

/**
 * What rounding a run's weights to float16 does to its predictions of the validation images, as they are, without
 * changed copies.
 */
export const weightRounding = stage({
  name: "weight-rounding",
  module: import.meta.url,
  revision: 1,
  effort: "hours",
  publish: true,
  shape: shapes.weightRounding,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({...trainingList(args), ...partInputs(args)}),
  params: networkParams,
  run: async ({training, images, split, inventory, ...parts}, params, context) => {
    const classes = inventory.classes.length;
    const held = gather(images, split.validation);
    const probabilities = (weights: SavedWeights) =>
      withNetwork(params, {training: {weights}, images, inventory}, context, (network) =>
        predict(network, held, counting(context))
      );
    const packed = joinParts(parts);
    const [exact, rounded] = [
      await probabilities(training.weights),
      await probabilities(Object.fromEntries(unpack(packed)))
    ];
    const [before, after] = [exact, rounded].map((values) => argmax(values, classes));
    return {
      images: held.rows.length,
      bytes: packed.bytes.length,
      largestChange: exact.reduce((most, value, at) => Math.max(most, Math.abs(value - rounded[at])), 0),
      changedClass: before.filter((label, i) => label !== after[i]).length,
      logLoss: {exact: logLoss(exact, held.labels), rounded: logLoss(rounded, held.labels)}
    };
  }
});
