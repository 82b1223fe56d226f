import * as tf from "@tensorflow/tfjs";
import type {Mode} from "../models/layers.js";
import {inference} from "../models/layers.js";
import {UserError} from "../support/errors.js";
import {nearest} from "../support/nearest.js";
import type {CamMethod} from "./cam-methods.js";
import {camMethods} from "./cam-methods.js";

/**
 * A network's way from a batch of inputs to logits [n, classes], which shows the output of every layer to the mode's
 * tap.
 */
export type Pass = (inputs: tf.Tensor4D, mode: Mode) => tf.Tensor2D;

/** Where a network is explained. */
export interface Site {
  layer: string;
  /** Of the layer's output for one input: height, width, channels. */
  shape: [number, number, number];
  /** How many there are to choose from. */
  classes: number;
}

/**
 * Finds a layer by letting one input of zeros pass.
 * @param input height, width and channels of an input
 * @throws UserError where there is no such layer, naming the nearest, or where its output has no positions
 */
export function locateLayer(pass: Pass, input: [number, number, number], layer: string): Site {
  const shapes = new Map<string, number[]>();
  const tap = (name: string, output: tf.Tensor) => {
    shapes.set(name, output.shape.slice(1));
    return output;
  };
  const [, classes] = tf.tidy(() => pass(tf.zeros([1, ...input]), {...inference, tap}).shape);
  const spatial = [...shapes.keys()].filter((name) => shapes.get(name)!.length === 3);
  const shape = shapes.get(layer);
  if (shape?.length === 3) return {layer, shape: shape as Site["shape"], classes};
  const fault = shape ? `The output of ${layer} is a vector without positions` : `The network has no layer ${layer}`;
  throw new UserError(`${fault}.`, {
    hint: `The nearest names of layers with a map: ${nearest(layer, spatial).join(", ")}.`
  });
}

/**
 * Class activation maps [n, h, w] of a batch at a layer, not scaled; all zero where nothing speaks for the class. The
 * pass runs once. The gradient is that of an offset which is added to the layer's output, so that it stops there: what
 * is below does not depend on the offset, and none of its gradients is computed.
 * @param classes the class to explain, one for each input
 * @throws UserError for a class that does not exist
 */
export function activationMaps(
  pass: Pass,
  inputs: tf.Tensor4D,
  classes: Int32Array,
  site: Site,
  method: CamMethod
): tf.Tensor3D {
  const unknown = classes.find((label) => label < 0 || label >= site.classes);
  if (unknown !== undefined) throw new UserError(`There is no class ${unknown}: the last one is ${site.classes - 1}.`);
  return tf.tidy(() => {
    let activations: tf.Tensor4D | undefined;
    const chosen = tf.oneHot(tf.tensor1d(classes, "int32"), site.classes);
    // The logits of an input depend on that input alone, so the gradient of their sum holds every input's own gradient.
    const gradients = tf.grad((offset) => {
      const tap = (layer: string, output: tf.Tensor) => {
        if (layer !== site.layer) return output;
        activations = tf.keep(output as tf.Tensor4D);
        return tf.add(output, offset);
      };
      return tf.sum(tf.mul(pass(inputs, {...inference, tap}), chosen));
    })(tf.zeros([inputs.shape[0], ...site.shape]));
    const maps = camMethods[method](activations!, gradients as tf.Tensor4D);
    activations!.dispose();
    return maps;
  });
}
