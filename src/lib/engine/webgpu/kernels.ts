/** Kernels in WGSL for the `webgpu` backend, under the names that other modules of this folder compose or call. */
import type {NamedAttrMap, TensorInfo} from "@tensorflow/tfjs";
import * as tf from "@tensorflow/tfjs";
import type {WebGPUBackend} from "@tensorflow/tfjs-backend-webgpu";

import {fnv1a32} from "../../measures/random.js";
import type {AdamConstants} from "../adam-update.js";
import {adamKernel} from "../adam-update.js";
import {uniformKernel} from "../dropout.js";
import {batchNorm, batchNormGradient} from "./batch-norm.js";
import {real, runElementwise} from "./shader.js";

type Inputs = Record<string, TensorInfo>;
type Kernel = (backend: WebGPUBackend, inputs: Inputs, attributes: NamedAttrMap) => TensorInfo | TensorInfo[];

/** The gradient of an activation: that of its output, where a condition on the output `y` holds. */
const gate =
  (name: string, condition: string): Kernel =>
  (backend, {dy, y}) =>
    runElementwise(backend, {
      name,
      inputs: {dy, y},
      outputShape: y.shape,
      expression: `select(0.0, dy[index], ${condition})`
    });

/** The hash pcg3d (Jarzynski and Olano, 2020, "Hash Functions for GPU Rendering") of index, seed and purpose. */
const hash = `fn hash(key : vec3<u32>) -> u32 {
  var v = key * 1664525u + 1013904223u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  v ^= v >> vec3<u32>(16u);
  return v.x + v.y * v.z;
}`;

function seededUniform(backend: WebGPUBackend, {seed}: Inputs, attributes: NamedAttrMap): TensorInfo {
  const {shape, purpose} = attributes as {shape: number[]; purpose: string};
  return runElementwise(backend, {
    name: uniformKernel,
    inputs: {seed},
    outputShape: shape,
    uniforms: {purpose: {type: "uint32", value: fnv1a32(purpose)}},
    declarations: hash,
    // The 24 upper bits, which a float32 holds exactly.
    expression: "f32(hash(vec3<u32>(u32(index), bitcast<u32>(seed[0]), uniforms.purpose)) >> 8u) / 16777216.0"
  });
}

/** `rate` and `decay` are scalars or have one number a value. */
function adam(backend: WebGPUBackend, inputs: Inputs, attributes: NamedAttrMap): TensorInfo[] {
  const {values, gradient, m, v, keep, add, rate, correction, decay} = inputs;
  const {beta2, epsilon} = attributes as unknown as AdamConstants;
  const nextM = runElementwise(backend, {
    name: "AdamFirstMoment",
    inputs: {m, gradient, keep, add},
    outputShape: m.shape,
    expression: "keep[0] * m[index] + add[0] * gradient[index]"
  });
  const nextV = runElementwise(backend, {
    name: "AdamSecondMoment",
    inputs: {v, gradient},
    outputShape: v.shape,
    uniforms: {beta2: real(beta2), rest: real(1 - beta2)},
    expression: "uniforms.beta2 * v[index] + uniforms.rest * gradient[index] * gradient[index]"
  });
  const next = runElementwise(backend, {
    name: "AdamValues",
    inputs: {values, m: nextM, v: nextV, rate, correction, decay},
    outputShape: values.shape,
    uniforms: {epsilon: real(epsilon)},
    declarations: `fn change(index : i32) -> f32 {
  return rate[min(index, uniforms.rateShape - 1)] * m[index] / (sqrt(v[index] / correction[0]) + uniforms.epsilon);
}`,
    expression: "decay[min(index, uniforms.decayShape - 1)] * values[index] - change(index)"
  });
  return [next, nextM, nextV];
}

const epsilonOf = (attributes: NamedAttrMap) => attributes.epsilon as number;

const kernels: Record<string, Kernel> = {
  FusedBatchNormV3: (backend, inputs, attributes) => batchNorm(backend, inputs, epsilonOf(attributes)),
  FusedBatchNormGradV3: (backend, inputs, attributes) => batchNormGradient(backend, inputs, epsilonOf(attributes)),
  ReluGrad: gate("ReluGrad", "y[index] > 0.0"),
  Relu6Grad: gate("Relu6Grad", "y[index] > 0.0 && y[index] < 6.0"),
  [uniformKernel]: seededUniform,
  [adamKernel]: adam
};

for (const [kernelName, compute] of Object.entries(kernels)) {
  tf.registerKernel({
    kernelName,
    backendName: "webgpu",
    kernelFunc: ({inputs, backend, attrs}) => compute(backend as WebGPUBackend, inputs as Inputs, attrs ?? {})
  });
}
