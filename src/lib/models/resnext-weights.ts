import {UserError} from "../support/errors.js";
import type {NamedWeights} from "./architecture.js";

type Weight = NamedWeights extends Map<string, infer W> ? W : never;

/**
 * Keras's weights of ResNeXt to this project's. Keras computes a grouped convolution of c channels a group as a
 * depthwise one of multiplier c, with a kernel [3, 3, filters, c], whose products it adds up: by a layer without
 * weights or, in some versions, by a constant 1x1 convolution `_2_gconv`, [1, 1, filters c, filters]. A grouped kernel
 * is [3, 3, c, filters].
 * @throws UserError where such a constant does anything else
 */
export function groupedKernels(weights: NamedWeights): NamedWeights {
  const converted: NamedWeights = new Map();
  for (const [name, weight] of weights) {
    if (name.endsWith("_2_gconv/kernel")) checkSums(name, weight);
    else if (name.endsWith("_2_conv/depthwise_kernel")) converted.set(groupedName(name), groupedKernel(weight));
    else converted.set(name, weight);
  }
  return converted;
}

/** The name and shape under which Keras's file holds a weight. */
export function publishedLayout(name: string, shape: number[]): {name: string; shape: number[]} {
  if (!name.endsWith("_2_conv/kernel")) return {name, shape};
  const [height, width, inward, filters] = shape;
  return {name: name.replace(/kernel$/, "depthwise_kernel"), shape: [height, width, filters, inward]};
}

const groupedName = (name: string) => name.replace(/depthwise_kernel$/, "kernel");

/** grouped[h, w, k, i] = depthwise[h, w, (i div c) c + k, i mod c]. */
function groupedKernel({shape: [height, width, filters, c], data}: Weight): Weight {
  const size = filters * c;
  const grouped = data.map((_, at) => {
    const [k, i] = [Math.floor((at % size) / filters), at % filters];
    return data[at - (at % size) + (i - (i % c) + k) * c + (i % c)];
  });
  return {shape: [height, width, c, filters], data: grouped};
}

/** Filter i takes the i-th product, modulo c, of every channel of its group: 1 there, 0 elsewhere. */
function checkSums(name: string, {shape: [, , products, filters], data}: Weight): void {
  const c = products / filters;
  const takes = (product: number, i: number) =>
    Math.floor(product / (c * c)) === Math.floor(i / c) && product % c === i % c;
  if (data.every((value, at) => value === Number(takes(Math.floor(at / filters), at % filters)))) return;
  throw new UserError(`${name} does not add up the products of its groups.`, {
    hint: "Only Keras's own weights of ResNeXt can be read."
  });
}
