import {createHash} from "node:crypto";
import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import * as tf from "@tensorflow/tfjs";
import h5wasm from "h5wasm/node";
import {UserError} from "../support/errors.js";
import {directories} from "../support/paths.js";
import type {Architecture, NamedWeights} from "./architecture.js";

/**
 * Finds a network's published weight file in `WEIGHTS_DIR` and returns its path and SHA-256 digest.
 * @throws UserError where nobody publishes one, the file is missing or it is not one of the known files
 */
export function locateWeights({title, imagenet}: Architecture): {path: string; digest: string} {
  if (!imagenet) throw new UserError(`Nobody publishes ImageNet weights of ${title}.`, {hint: "Start it at random."});
  const {file, url, digests} = imagenet;
  const path = join(directories.weights(), file);
  if (!existsSync(path)) {
    throw new UserError(`The ImageNet weights ${file} are not in ${directories.weights()}.`, {
      hint: `Download them from ${url} and put them there, or set WEIGHTS_DIR to the folder that holds them.`
    });
  }
  const bytes = readFileSync(path);
  const digestBy = (algorithm: string) => createHash(algorithm).update(bytes).digest("hex");
  const matches = (digest: string) => digest === `${digest.split(":")[0]}:${digestBy(digest.split(":")[0])}`;
  const digest = digestBy("sha256");
  if (digests.length > 0 && !digests.some(matches)) {
    throw new UserError(
      `${path} is damaged or another file: its SHA-256 is ${digest}, expected ${digests.join(" or ")}.`,
      {hint: `Delete it and download it again from ${url}.`}
    );
  }
  return {path, digest};
}

/**
 * A network's published weights by this project's names, and the path of their file.
 * @throws UserError where nobody publishes any, or the file is missing or not one of the known files
 */
export async function publishedWeights(architecture: Architecture): Promise<{weights: NamedWeights; path: string}> {
  const {path} = locateWeights(architecture);
  const weights = await readKerasWeights(path);
  return {weights: architecture.imagenet?.convert?.(weights) ?? weights, path};
}

/** Reads a Keras weight file (HDF5): every layer's weights under "layer/weight", without the ":0" of TensorFlow 1. */
export async function readKerasWeights(path: string): Promise<NamedWeights> {
  await h5wasm.ready;
  const file = new h5wasm.File(path, "r");
  try {
    const weights: NamedWeights = new Map();
    for (const layer of strings(file.attrs.layer_names)) {
      const group = file.get(layer) as InstanceType<typeof h5wasm.Group>;
      for (const name of strings(group.attrs.weight_names)) {
        const {shape, value} = group.get(name) as InstanceType<typeof h5wasm.Dataset>;
        const weight = name.replace(/:0$/, "").split("/").at(-1);
        weights.set(`${layer}/${weight}`, {shape: shape as number[], data: Float32Array.from(value as Float32Array)});
      }
    }
    return weights;
  } finally {
    file.close();
  }
}

const strings = (attribute?: {value: unknown}) => [...((attribute?.value ?? []) as string[])];

/**
 * Copies weights into the variables of the same names.
 * @throws UserError where a variable has no weights, a weight no variable, or the shapes differ; nothing is changed then
 */
export function loadWeights(variables: Map<string, tf.Variable>, weights: NamedWeights, origin: string): void {
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
  tf.tidy(() => {
    for (const [name, variable] of variables) variable.assign(tf.tensor(weights.get(name)!.data, variable.shape));
  });
}
