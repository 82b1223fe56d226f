import * as tf from "@tensorflow/tfjs";
import {UserError} from "../../support/errors.js";
import type {Architecture, NamedWeights} from "../architecture.js";
import {renumber, withoutTop} from "./body.js";
import {readKerasFile} from "./keras-file.js";
import {locateWeights, weightFileOf} from "./locate.js";
import {readSafetensors} from "./safetensors.js";

type Variables = ReadonlyMap<string, tf.Variable>;

/**
 * The published ImageNet weights of a body, complete and of the right shapes.
 * @throws UserError where the file is missing, not the published one, unreadable, or not of this network
 */
export async function readImageNet(architecture: Architecture, body: Variables): Promise<NamedWeights> {
  const {convert = (weights) => weights} = weightFileOf(architecture);
  const {path, content} = await readWeightFile(architecture);
  const weights = renumber(convert(withoutTop(content)), body.keys());
  requireFit(body, weights, path);
  return weights;
}

/**
 * All that is in the published weight file, as it is named and laid out there.
 * @throws UserError where the file is missing, not the published one or unreadable
 */
export async function readWeightFile(architecture: Architecture): Promise<{path: string; content: NamedWeights}> {
  const {format} = weightFileOf(architecture);
  const {path} = locateWeights(architecture);
  return {path, content: format === "keras" ? await readKerasFile(path) : readSafetensors(path).weights};
}

/**
 * Copies weights into the variables of the same names.
 * @throws UserError where a variable has no weights, a weight no variable, or the shapes differ; nothing is changed
 *   then
 */
export function loadWeights(variables: Variables, weights: NamedWeights, origin: string): void {
  requireFit(variables, weights, origin);
  assign(variables, weights);
}

/** Copies those weights that there are into variables that they fit. */
export function assign(variables: Variables, weights: NamedWeights): void {
  tf.tidy(() => {
    for (const [name, {shape, data}] of weights) variables.get(name)!.assign(tf.tensor(data, shape));
  });
}

function requireFit(variables: Variables, weights: NamedWeights, origin: string): void {
  const missing = [...variables.keys()].filter((name) => !weights.has(name));
  const surplus = [...weights.keys()].filter((name) => !variables.has(name));
  const misshapen = [...variables]
    .filter(([name, {shape}]) => weights.has(name) && String(shape) !== String(weights.get(name)!.shape))
    .map(([name, {shape}]) => `${name} is [${weights.get(name)!.shape}], expected [${shape}]`);
  const faults = [
    ...(missing.length ? [`${missing.length} missing (${missing.slice(0, 3).join(", ")})`] : []),
    ...(surplus.length ? [`${surplus.length} unknown (${surplus.slice(0, 3).join(", ")})`] : []),
    ...misshapen.slice(0, 3)
  ];
  if (faults.length) throw new UserError(`The weights in ${origin} do not fit the network: ${faults.join("; ")}.`);
}
