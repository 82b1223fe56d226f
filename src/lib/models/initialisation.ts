import {UserError} from "../support/errors.js";
import {nearest} from "../support/nearest.js";
import type {NamedWeights} from "./architecture.js";
import {meanVariance} from "./initialise.js";

/**
 * What a run's body starts from: weights from ImageNet; the paper's random scheme; random numbers of the scale of the
 * ImageNet weights; or ImageNet from the input up to and including a layer and the random scheme above it (the last
 * two: Raghu et al., 2019, arXiv:1902.07208, where the last is "weight transfusion").
 */
export type Initialisation = "imagenet" | "random" | "mean-var" | {imagenetUpTo: string};

/** Whether an initialisation reads the published weights. */
export const needsImageNet = (initialisation: Initialisation) => initialisation !== "random";

/** One word or phrase for an initialisation, the same for equal ones. */
export const nameOf = (initialisation: Initialisation) =>
  typeof initialisation === "string" ? initialisation : `transfusion up to ${initialisation.imagenetUpTo}`;

/**
 * The weights that replace a random body's, given all of the ImageNet weights and the body's names from the input
 * upwards.
 * @throws UserError where the initialisation names a layer that has no weights
 */
export function startingWeights(
  initialisation: Exclude<Initialisation, "random">,
  imagenet: NamedWeights,
  {order, seed}: {order: readonly string[]; seed: number}
): NamedWeights {
  if (initialisation === "imagenet") return imagenet;
  if (initialisation === "mean-var") return meanVariance(imagenet, seed);
  const layers = order.map((name) => name.slice(0, name.lastIndexOf("/")));
  const last = layers.lastIndexOf(initialisation.imagenetUpTo);
  if (last < 0) throw unknownLayer(initialisation.imagenetUpTo, layers);
  return new Map(order.slice(0, last + 1).map((name) => [name, imagenet.get(name)!]));
}

const unknownLayer = (name: string, layers: readonly string[]) =>
  new UserError(`imagenetUpTo is "${name}", which is no layer with weights of this network.`, {
    hint: `Near names: ${nearest(name, [...new Set(layers)]).join(", ")}.`
  });
