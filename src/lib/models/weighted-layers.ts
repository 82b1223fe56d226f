import type * as tf from "@tensorflow/tfjs";
import type {Architecture} from "./architecture.js";
import {inference, type Layers} from "./layers.js";

/** Stands in for a feature map: its number of channels is all that the shapes of weights depend on. */
const map = (channels: number) => ({shape: [1, 1, 1, channels]}) as unknown as tf.Tensor4D;
const channelsOf = ({shape}: tf.Tensor) => shape[shape.length - 1];

/**
 * The layers of a body that have weights, from the input upwards, each once: what the body's definition asks for as an
 * image passes, without an image, a weight or a backend.
 */
export function weightedLayers({body}: Pick<Architecture, "body">): string[] {
  const names = new Set<string>();
  const weighted = (layer: string, channels: number) => {
    names.add(layer);
    return map(channels);
  };
  const same = (_: string, x: tf.Tensor4D) => x;
  const layers: Omit<Layers, "variables" | "dispose" | "dense"> = {
    conv: (layer, _, __, {filters}) => weighted(layer, filters),
    depthwise: (layer, x) => weighted(layer, channelsOf(x)),
    separable: (layer, _, __, {filters}) => weighted(layer, filters),
    batchNorm: (layer, x) => weighted(layer, channelsOf(x)) as unknown as typeof x,
    concat: (_, parts) => map(parts.reduce((sum, part) => sum + channelsOf(part), 0)),
    sum: same,
    maxPool: same,
    averagePool: same,
    relu: (_, x) => x,
    relu6: (_, x) => x,
    dropout: (_, x) => x
  };
  body(layers as unknown as Layers, map(3), inference);
  return [...names];
}
