import {fitTemperature} from "../../lib/measures/temperature.js";
import type {Pipeline} from "../../lib/pipeline/index.js";
import {validationPredictions} from "../runs/run.js";
import type {RunArgs} from "../runs/training.js";
import {requireTraining, type TrainedWeights} from "../runs/weights.js";

/**
 * The temperature that validation chose for a run's network.
 * @throws UserError where there are no validation predictions, or those of another training than the weights
 */
export async function temperatureOf(
  args: RunArgs,
  {key}: Pick<TrainedWeights, "key">,
  pipeline: Pipeline
): Promise<number> {
  const held = await pipeline.resolve(validationPredictions(args));
  requireTraining(key, held);
  return fitTemperature(held.value.probabilities, held.value.labels);
}
