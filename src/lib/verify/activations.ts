import {locateWeights} from "../models/weights/locate.js";
import {compareActivations, needsPublishedWeights, readReference} from "../models/reference.js";
import {architectures, modelIds} from "../models/registry.js";
import type {Architecture} from "../models/architecture.js";
import {UserError} from "../support/errors.js";
import type {Checker} from "./checker.js";
import {NotChecked} from "./checker.js";

/** Every activation of a network that another program lists, for an input and weights that follow a rule or are published. */
export const activations: Checker = {
  kind: "network activations",
  recognises: (content) => "activations" in content && "model" in content,
  check: async (path, {tolerance}) => {
    const reference = readReference(path);
    const architecture = architectures.find(({id}) => id === reference.model);
    if (!architecture) {
      throw new NotChecked(`the registry has no network ${reference.model}, only ${modelIds.join(", ")}`);
    }
    if (needsPublishedWeights(reference)) needWeights(architecture);
    const comparisons = await compareActivations(architecture, reference);
    const {layer, error} = comparisons.reduce((worst, one) => (one.error > worst.error ? one : worst));
    const detail = `largest of ${comparisons.length} activations: ${layer}`;
    return {what: `activations of ${architecture.title}`, error, tolerance, detail};
  }
};

function needWeights(architecture: Architecture): void {
  try {
    locateWeights(architecture);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new NotChecked(error.message);
  }
}
