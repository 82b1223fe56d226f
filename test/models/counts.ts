import * as tf from "@tensorflow/tfjs";
import type {Architecture} from "../../src/lib/models/architecture.js";
import {inference, Layers} from "../../src/lib/models/layers.js";
import {Network} from "../../src/lib/models/network.js";

/** Cheap to make, for what depends on shapes only. */
export const zeros = (_: string, shape: number[]) => tf.zeros(shape);

export const countValues = (variables: Map<string, tf.Variable>): number =>
  [...variables.values()].reduce((sum, {size}) => sum + size, 0);

/** Trainable values in the body and in all, with the study's head for four classes. */
export function countTrainable(architecture: Architecture): {body: number; all: number} {
  const network = new Network(architecture, {classes: 4, size: architecture.size, dropout: 0.5}, zeros);
  const count = (variables: Map<string, tf.Variable>) =>
    countValues(new Map([...variables].filter(([, {trainable}]) => trainable)));
  const counts = {body: count(network.body.variables), all: count(network.variables)};
  network.dispose();
  return counts;
}

/** Shape of the features of an image of that height and width. */
export function featureShape(architecture: Architecture, height: number, width: number): number[] {
  const layers = new Layers(zeros);
  const shape = tf.tidy(() => architecture.body(layers, tf.zeros([1, height, width, 3]), inference).shape);
  layers.dispose();
  return shape;
}
