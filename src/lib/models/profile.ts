import * as tf from "@tensorflow/tfjs";
import {group, sum} from "d3";
import type {Architecture} from "./architecture.js";
import {studyTop} from "./head.js";
import type {Initialise, Mode} from "./layers.js";
import {Layers} from "./layers.js";

/** What something costs. */
export interface Counts {
  /** Values that training changes. */
  parameters: number;
  /** Moving means and variances of the batch norms. */
  statistics: number;
  /** Multiplications, each with its addition, of kernels with inputs in one pass over one image. */
  macs: number;
}

type Part = "body" | "head";

export interface LayerProfile extends Counts {
  layer: string;
  part: Part;
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
 * Counts a network by building it, with zeros for weights, and watching one image pass through: nothing is typed in, so
 * that the counts are those of the network that trains. Takes the memory of the weights and of one pass.
 */
export function profile(architecture: Architecture, {size, classes}: {size: number; classes: number}): Profile {
  const parts = {body: new Layers(zeros), head: new Layers(zeros)};
  try {
    const outputs = watch(architecture, parts, {size, classes});
    const layers = outputs.map(({part, layer, shape}) => ({part, layer, shape, ...count(parts[part], layer, shape)}));
    const of = (part: Part) => total(layers.filter((layer) => layer.part === part));
    return {size, classes, layers, stages: stagesOf(layers), body: of("body"), head: of("head")};
  } finally {
    parts.body.dispose();
    parts.head.dispose();
  }
}

const zeros: Initialise = (_, shape) => tf.zeros(shape);

/** The sum of several counts. */
export const total = (counts: readonly Counts[]): Counts => ({
  parameters: sum(counts, ({parameters}) => parameters),
  statistics: sum(counts, ({statistics}) => statistics),
  macs: sum(counts, ({macs}) => macs)
});

/** The output of every named layer as an image passes. */
function watch(
  {preprocess, body, top = studyTop}: Architecture,
  parts: Record<Part, Layers>,
  {size, classes}: {size: number; classes: number}
): Pick<LayerProfile, "layer" | "part" | "shape">[] {
  const outputs = new Map<string, Pick<LayerProfile, "layer" | "part" | "shape">>();
  const watching = (part: Part): Mode => ({
    training: false,
    tap: (layer, output) => {
      outputs.set(layer, {part, layer, shape: output.shape.slice(1)});
      return output;
    }
  });
  tf.tidy(() => {
    const features = body(parts.body, preprocess(tf.zeros([1, size, size, 1])), watching("body"));
    top.classify(parts.head, top.embed(features), watching("head"), {classes, dropout: 0});
  });
  return [...outputs.values()];
}

/**
 * A kernel is applied once at every position of the output, whatever its kind: the shape of a depthwise or grouped
 * kernel already leaves out the channels that it does not see.
 */
function count({variables}: Layers, layer: string, shape: number[]): Counts {
  const weights = [...variables].filter(([name]) => name.slice(0, name.lastIndexOf("/")) === layer);
  const size = (of: (name: string, variable: tf.Variable) => boolean) =>
    sum(weights, ([name, variable]) => (of(name, variable) ? variable.size : 0));
  return {
    parameters: size((_, {trainable}) => trainable),
    statistics: size((_, {trainable}) => !trainable),
    macs: product(shape.slice(0, -1)) * size((name) => name.endsWith("kernel"))
  };
}

/**
 * Groups layers by resolution, not by order: a shortcut that halves the resolution often runs before the layers that it
 * passes.
 */
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
