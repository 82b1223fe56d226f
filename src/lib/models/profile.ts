import * as tf from "@tensorflow/tfjs";
import {group, sum} from "d3";
import type {Architecture} from "./architecture.js";
import type {Layers} from "./layers.js";
import {inference} from "./layers.js";
import {Network} from "./network.js";

/** What something costs. */
export interface Counts {
  /** Values that training changes. */
  parameters: number;
  /** Moving means and variances of the batch norms. */
  statistics: number;
  /** Multiplications, each with its addition, of kernels with inputs in one pass over one image. */
  macs: number;
}

export interface LayerProfile extends Counts {
  layer: string;
  part: "body" | "head";
  /** Of the output, without the batch: [h, w, c] or [c]. */
  shape: number[];
}

/** The layers of the body whose outputs have one resolution. */
export interface StageProfile extends Counts {
  height: number;
  width: number;
  /** Of the widest of its feature maps. */
  channels: number;
  /** How many of its layers have a kernel. */
  depth: number;
}

export interface Profile {
  /** Side of the image, in pixels. */
  size: number;
  classes: number;
  /** In the order in which they run. */
  layers: LayerProfile[];
  /** From the finest resolution to the coarsest. */
  stages: StageProfile[];
  body: Counts;
  head: Counts;
}

/**
 * Counts a network by building it, with zeros for weights, and watching one image pass through: nothing is typed in, so that
 * the counts are those of the network that trains. Takes the memory of the weights and of one pass.
 */
export function profile(architecture: Architecture, {size, classes}: {size: number; classes: number}): Profile {
  const network = new Network(architecture, {size, classes, dropout: 0}, (_, shape) => tf.zeros(shape));
  try {
    const shapes = outputShapes(network, size);
    const layers = [...partLayers("body", network.body, shapes), ...partLayers("head", network.head, shapes)];
    const of = (part: string) => total(layers.filter((layer) => layer.part === part));
    return {size, classes, layers, stages: stagesOf(layers), body: of("body"), head: of("head")};
  } finally {
    network.dispose();
  }
}

/** The sum of several counts. */
export const total = (counts: readonly Counts[]): Counts => ({
  parameters: sum(counts, ({parameters}) => parameters),
  statistics: sum(counts, ({statistics}) => statistics),
  macs: sum(counts, ({macs}) => macs)
});

interface Output {
  part: LayerProfile["part"];
  shape: number[];
}

/** Body and head run apart, so that each named output is known to be of one of them. */
function outputShapes(network: Network, size: number): Map<string, Output> {
  const outputs = new Map<string, Output>();
  const watching = (part: Output["part"]) => ({
    ...inference,
    tap: (layer: string, output: tf.Tensor) => {
      outputs.set(layer, {part, shape: output.shape.slice(1)});
      return output;
    }
  });
  tf.tidy(() => {
    const features = network.features(tf.zeros([1, size, size, 1]), watching("body"));
    network.classify(network.embed(features), watching("head"));
  });
  return outputs;
}

function partLayers(part: Output["part"], {variables}: Layers, outputs: Map<string, Output>): LayerProfile[] {
  const weights = group(variables, ([name]) => name.slice(0, name.lastIndexOf("/")));
  return [...outputs]
    .filter(([, output]) => output.part === part)
    .map(([layer, {shape}]) => ({layer, part, shape, ...countsOf(weights.get(layer) ?? [], shape)}));
}

/**
 * A kernel is applied once at every position of the output, whatever its kind: the shape of a depthwise or grouped kernel
 * already leaves out the channels that it does not see.
 */
function countsOf(weights: [string, tf.Variable][], shape: number[]): Counts {
  const positions = product(shape.slice(0, -1));
  const size = (of: (name: string, variable: tf.Variable) => boolean) =>
    sum(weights, ([name, variable]) => (of(name, variable) ? variable.size : 0));
  return {
    parameters: size((_, {trainable}) => trainable),
    statistics: size((_, {trainable}) => !trainable),
    macs: positions * size((name) => name.endsWith("kernel"))
  };
}

/** By resolution, not by order: a shortcut that halves the resolution often runs before the layers that it passes. */
function stagesOf(layers: LayerProfile[]): StageProfile[] {
  const maps = layers.filter(({part, shape}) => part === "body" && shape.length === 3);
  const groups = [...group(maps, ({shape: [height, width]}) => `${height} ${width}`).values()];
  return groups
    .map((members) => ({
      height: members[0].shape[0],
      width: members[0].shape[1],
      channels: Math.max(...members.map(({shape}) => shape[2])),
      depth: members.filter(({macs}) => macs > 0).length,
      ...total(members)
    }))
    .sort((a, b) => b.height - a.height);
}

const product = (values: number[]) => values.reduce((a, b) => a * b, 1);
