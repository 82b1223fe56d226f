import {closeSync, openSync, readSync} from "node:fs";
import type h5wasm from "h5wasm/node";
import {UserError} from "../../support/errors.js";
import type {NamedWeights} from "../architecture.js";

type File = InstanceType<typeof h5wasm.File>;
type Group = InstanceType<typeof h5wasm.Group>;
type Dataset = InstanceType<typeof h5wasm.Dataset>;

/**
 * Reads a Keras weight file (HDF5), or the weights of a whole saved model: every layer's weights under "layer/weight",
 * in the model's order, without the ":0" of TensorFlow 1. The layers of a model inside the model are listed as its own.
 * @throws UserError where the file is cut short, damaged or no such file
 */
export async function readKerasFile(path: string): Promise<NamedWeights> {
  // Only where it is needed: four megabytes of script, which cost a process that has them compiled on the way 500 MB.
  const {default: hdf5} = await import("h5wasm/node");
  await hdf5.ready;
  // HDF5 itself would write pages of diagnostics to the terminal.
  if (!hasSignature(path)) throw unreadable(path, "it is not an HDF5 file");
  const file = new hdf5.File(path, "r");
  if (file.file_id < 0n) throw unreadable(path, "it is cut short or damaged");
  try {
    return readLayers(file, path);
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(path, (error as Error).message, error);
  } finally {
    file.close();
  }
}

const unreadable = (path: string, reason: string, cause?: unknown) =>
  new UserError(`The Keras weights ${path} cannot be read: ${reason}.`, {hint: "Get the file again.", cause});

function hasSignature(path: string): boolean {
  const start = Buffer.alloc(8);
  const descriptor = openSync(path, "r");
  try {
    readSync(descriptor, start, 0, 8, 0);
  } finally {
    closeSync(descriptor);
  }
  return start.equals(Buffer.from("\x89HDF\r\n\x1a\n", "latin1"));
}

function readLayers(file: File, path: string): NamedWeights {
  const root = file.keys().includes("model_weights") ? (file.get("model_weights") as Group) : file;
  const layers = names(root, "layer_names");
  if (layers.length === 0) throw unreadable(path, "it lists no layers (Keras 3's .weights.h5 is another format)");
  const weights: NamedWeights = new Map();
  for (const layer of layers) {
    const group = member<Group>(root, layer, path);
    const listed = names(group, "weight_names");
    const isModel = new Set(listed.map(parentOf)).size > 1;
    for (const name of listed) {
      const owner = isModel ? parentOf(name) : layer;
      const weight = name.replace(/:0$/, "").split("/").at(-1);
      weights.set(`${owner}/${weight}`, readTensor(member<Dataset>(group, name, path), path));
    }
  }
  return weights;
}

function member<T>(group: Group, name: string, path: string): T {
  const found = group.get(name);
  if (!found) throw unreadable(path, `it lists ${name}, but does not hold it`);
  return found as T;
}

/** The bytes are taken as they are, so that only this machine's own formats will do. */
function readTensor(dataset: Dataset, path: string) {
  const type = String(dataset.dtype);
  if (type !== "<f" && type !== "<d") {
    throw unreadable(path, `${dataset.path} is of type ${type}, not little-endian float32 or float64`);
  }
  return {shape: dataset.shape as number[], data: Float32Array.from(dataset.value as Float32Array)};
}

const parentOf = (name: string) => name.slice(0, name.lastIndexOf("/"));

/** A list of names; Keras cuts one that is too long for an attribute into several, "layer_names0", "layer_names1"... */
function names({attrs}: Group, attribute: string): string[] {
  if (attrs[attribute]) return strings(attrs[attribute].value);
  const parts: string[] = [];
  for (let i = 0; attrs[`${attribute}${i}`]; ++i) parts.push(...strings(attrs[`${attribute}${i}`].value));
  return parts;
}

/** An empty list has no strings but numbers of its own type. */
const strings = (value: unknown) => [...((value ?? []) as string[])].map(String);
