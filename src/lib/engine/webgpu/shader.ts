import type {TensorInfo} from "@tensorflow/tfjs";
import type {WebGPUBackend, WebGPUProgram} from "@tensorflow/tfjs-backend-webgpu";

/** A number that a shader reads as `uniforms.NAME`. */
export interface Uniform {
  type: "float32" | "int32" | "uint32";
  value: number;
}

export interface Shader {
  /** Names the code: a pipeline is compiled once for each name. */
  name: string;
  /** Bound as flat arrays under these names; `uniforms.NAMEShape` is the number of their values. */
  inputs: Record<string, TensorInfo>;
  outputShape: number[];
  uniforms?: Record<string, Uniform>;
  /** WGSL of a function body that gets `index`, the number of the invocation, and writes `result`. */
  body: string;
  /** WGSL at module scope. */
  declarations?: string;
  /** How many groups of `groupSize` invocations run; default: enough for one invocation a value of the output. */
  groups?: number;
}

/** Invocations in a workgroup. WebGPU guarantees 256. */
export const groupSize = 256;

const wgslTypes = {float32: "f32", int32: "i32", uint32: "u32"};

export const integer = (value: number): Uniform => ({type: "int32", value});
export const real = (value: number): Uniform => ({type: "float32", value});

/**
 * Runs a compute shader on TensorFlow.js's `webgpu` backend. Returns its output (float32), which the caller disposes.
 */
export function runShader(backend: WebGPUBackend, shader: Shader): TensorInfo {
  const {name, inputs, outputShape, uniforms = {}, body, declarations = ""} = shader;
  const size = outputShape.reduce((a, b) => a * b, 1);
  const program: WebGPUProgram = {
    shaderKey: name,
    variableNames: Object.keys(inputs),
    uniforms: Object.entries(uniforms)
      .map(([name, {type}]) => `${name} : ${wgslTypes[type]}, `)
      .join(""),
    outputShape: [size],
    size: true,
    workgroupSize: [groupSize, 1, 1],
    dispatchLayout: {x: [0]},
    dispatch: [shader.groups ?? Math.ceil(size / groupSize), 1, 1],
    getUserCode: () => `${declarations}\nfn main(index : i32) {\n${body}\n}`
  };
  // Flat, so that TensorFlow.js makes no difference between ranks and compiles once.
  const flat = Object.values(inputs).map(({dataId, dtype, shape}) => ({
    dataId,
    dtype,
    shape: [shape.reduce((a, b) => a * b, 1)]
  }));
  const values = Object.values(uniforms).map(({type, value}) => ({type, data: [value]}));
  const {dataId, dtype} = backend.runWebGPUProgram(program, flat, "float32", values);
  return {dataId, dtype, shape: outputShape};
}

/** A shader that computes every value of its output from a WGSL expression in `index`. */
export const runElementwise = (
  backend: WebGPUBackend,
  {expression, ...shader}: Omit<Shader, "body" | "groups"> & {expression: string}
): TensorInfo => runShader(backend, {...shader, body: `if (index < uniforms.size) { result[index] = ${expression}; }`});
