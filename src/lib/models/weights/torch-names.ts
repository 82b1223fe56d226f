import type {NamedWeights} from "../architecture.js";

type Weight = NamedWeights extends Map<string, infer W> ? W : never;

const statistics: Record<string, string> = {
  weight: "gamma",
  bias: "beta",
  running_mean: "moving_mean",
  running_var: "moving_variance"
};

/**
 * PyTorch's names and layouts to this project's: "layer.weight" to "layer/kernel", convolutions [out, in, h, w] to
 * [h, w, in, out], depthwise ones (in = 1) to [h, w, channels, 1], linear layers [out, in] to [in, out], and a batch
 * norm's weight, bias and running statistics to gamma, beta and moving ones. Counters of batches are dropped.
 */
export function fromTorch(weights: NamedWeights): NamedWeights {
  const converted: NamedWeights = new Map();
  for (const [name, weight] of weights) {
    const at = name.lastIndexOf(".");
    const [layer, kind] = [name.slice(0, at), name.slice(at + 1)];
    if (kind === "num_batches_tracked") continue;
    const isNorm = weights.has(`${layer}.running_mean`);
    const [ours, value] = isNorm ? [statistics[kind] ?? kind, weight] : parameter(kind, weight);
    converted.set(`${layer}/${ours}`, value);
  }
  return converted;
}

function parameter(kind: string, weight: Weight): [string, Weight] {
  if (kind !== "weight") return [kind, weight];
  if (weight.shape.length === 2) return ["kernel", transpose(weight, [1, 0])];
  if (weight.shape.length !== 4) return [kind, weight];
  return weight.shape[1] === 1
    ? ["depthwise_kernel", transpose(weight, [2, 3, 0, 1])]
    : ["kernel", transpose(weight, [2, 3, 1, 0])];
}

/** Reorders the axes; `order[k]` is the old axis that becomes the k-th. */
function transpose({shape, data}: Weight, order: number[]): Weight {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const result = new Float32Array(data.length);
  const target = order.map((axis) => shape[axis]);
  const steps = order.map((axis) => strides[axis]);
  let next = 0;
  const walk = (depth: number, from: number): void => {
    if (depth === target.length) result[next++] = data[from];
    else for (let i = 0; i < target[depth]; ++i) walk(depth + 1, from + i * steps[depth]);
  };
  walk(0, 0);
  return {shape: target, data: result};
}
