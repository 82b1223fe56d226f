import type {Architecture} from "../models/architecture.js";
import {architectures, modelIds} from "../models/registry.js";
import {locateWeights} from "../models/weights/locate.js";
import {UserError} from "../support/errors.js";
import {NotChecked} from "./checker.js";

/** The network of that name; throws NotChecked where the registry has none. */
export function registered(model: string): Architecture {
  const architecture = architectures.find(({id}) => id === model);
  if (architecture) return architecture;
  throw new NotChecked(`the registry has no network ${model}, only ${modelIds.join(", ")}`);
}

/** Throws NotChecked where a network's published weights are not here. */
export function needWeights(architecture: Architecture): void {
  try {
    locateWeights(architecture);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new NotChecked(error.message);
  }
}
