/** Batch normalisation by a batch's own statistics, and its gradient, in WGSL: see `../fused.ts`. */
import type {TensorInfo} from "@tensorflow/tfjs";
import type {WebGPUBackend} from "@tensorflow/tfjs-backend-webgpu";

import {columnSums, totalOf} from "./column-sums.js";
import {real, runElementwise} from "./shader.js";

type Inputs = Record<string, TensorInfo>;

const channelOf = "index % uniforms.scaleShape";

/** Outputs y, mean and biased variance. */
export function batchNorm(backend: WebGPUBackend, {x, scale, offset}: Inputs, epsilon: number): TensorInfo[] {
  // Sums of differences from the channel's first value: those of the values themselves would cancel in the variance.
  const term = "vec2<f32>(x[at] - x[channel], (x[at] - x[channel]) * (x[at] - x[channel]))";
  const sums = columnSums(backend, {name: "moments", inputs: {x}, width: scale.shape[0], term});
  const moments = {outputShape: scale.shape, uniforms: sums.uniforms};
  const mean = runElementwise(backend, {
    ...moments,
    name: "BatchNormMean",
    inputs: {sums: sums.partial, x},
    declarations: totalOf("sums"),
    expression: "x[index] + total(index).x / uniforms.rows"
  });
  const variance = runElementwise(backend, {
    ...moments,
    name: "BatchNormVariance",
    inputs: {sums: sums.partial},
    declarations: `${totalOf("sums")}
fn spread(sums : vec2<f32>) -> f32 { return max(0.0, sums.y - sums.x * sums.x); }`,
    expression: "spread(total(index) / uniforms.rows)"
  });
  backend.disposeData(sums.partial.dataId);
  const y = runElementwise(backend, {
    name: "BatchNormTrain",
    inputs: {x, scale, offset, mean, variance},
    outputShape: x.shape,
    uniforms: {epsilon: real(epsilon)},
    declarations: `fn normalise(x : f32, c : i32) -> f32 {
  return (x - mean[c]) * inverseSqrt(variance[c] + uniforms.epsilon) * scale[c] + offset[c];
}`,
    expression: `normalise(x[index], ${channelOf})`
  });
  return [y, mean, variance];
}

/** Outputs the gradients of x, scale and offset. */
export function batchNormGradient(
  backend: WebGPUBackend,
  {dy, x, scale, mean, variance}: Inputs,
  epsilon: number
): TensorInfo[] {
  const term = "vec2<f32>(dy[at], dy[at] * (x[at] - mean[channel]))";
  const sums = columnSums(backend, {name: "gradients", inputs: {dy, x, mean}, width: scale.shape[0], term});
  const uniforms = {...sums.uniforms, epsilon: real(epsilon)};
  const gradients = {outputShape: scale.shape, uniforms, declarations: totalOf("sums")};
  const dOffset = runElementwise(backend, {
    ...gradients,
    name: "BatchNormOffsetGradient",
    inputs: {sums: sums.partial},
    expression: "total(index).x"
  });
  const dScale = runElementwise(backend, {
    ...gradients,
    name: "BatchNormScaleGradient",
    inputs: {sums: sums.partial, variance},
    expression: "total(index).y * inverseSqrt(variance[index] + uniforms.epsilon)"
  });
  backend.disposeData(sums.partial.dataId);
  const dx = runElementwise(backend, {
    name: "BatchNormInputGradient",
    inputs: {dy, x, scale, mean, variance, dScale, dOffset},
    outputShape: x.shape,
    uniforms,
    declarations: `fn slope(dy : f32, x : f32, c : i32) -> f32 {
  let inverse = inverseSqrt(variance[c] + uniforms.epsilon);
  let explained = dOffset[c] + (x - mean[c]) * inverse * dScale[c];
  return scale[c] * inverse * (dy - explained / uniforms.rows);
}`,
    expression: `slope(dy[index], x[index], ${channelOf})`
  });
  return [dx, dScale, dOffset];
}
