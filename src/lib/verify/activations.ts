import {compareActivations, needsPublishedWeights, readReference} from "../models/reference.js";
import type {Checker} from "./checker.js";
import {needWeights, registered} from "./requirements.js";

/**
 * Every activation of a network that another program lists, for an input and weights that follow a rule or are
 * published.
 */
export const activations: Checker = {
  kind: "network activations",
  recognises: (content) => "activations" in content && "model" in content,
  check: async (path, {tolerance}) => {
    const reference = readReference(path);
    const architecture = registered(reference.model);
    if (needsPublishedWeights(reference)) needWeights(architecture);
    const comparisons = await compareActivations(architecture, reference);
    const {layer, error} = comparisons.reduce((worst, one) => (one.error > worst.error ? one : worst));
    const detail = `largest of ${comparisons.length} activations: ${layer}`;
    return {what: `activations of ${architecture.title}`, error, tolerance, detail};
  }
};
