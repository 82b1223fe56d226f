import {existsSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import util from "node:util";
import * as tf from "@tensorflow/tfjs";

import type {BackendName, Device, LoadOptions} from "./backend-names.js";
import {bindingName} from "./binding.js";
import {describeGpus, describeProcessor} from "./describe.js";
import {provisioned, variants} from "./installation.js";
import {correctAveragePoolGradient, correctMaxPoolGradient} from "./pooling-gradients.js";
import {registerWasmGradients} from "./wasm-gradients.js";
import {loadWebgpu} from "./webgpu/adapter.js";

const require = createRequire(import.meta.url);

/** Registers a backend with TensorFlow.js, without activating it. Each throws an Error that says why it cannot. */
export const loaders: Record<BackendName, (options: LoadOptions) => Promise<Device>> = {
  tensorflow: async () => loadTensorflow(),
  webgpu: loadWebgpu,
  wasm: async () => {
    await import("@tensorflow/tfjs-backend-wasm");
    registerWasmGradients();
    correctMaxPoolGradient();
    correctAveragePoolGradient("wasm");
    return {device: describeProcessor().name, threads: 1};
  },
  cpu: async () => {
    // Its first tensor would print an advertisement for tfjs-node.
    Object.assign(tf.findBackend("cpu"), {firstUse: false});
    correctAveragePoolGradient("cpu");
    return {device: describeProcessor().name, threads: 1};
  }
};

interface Binding {
  isUsingGpuDevice(): boolean;
  TF_Version: string;
}

/**
 * Loads tfjs-node's classes with the binding from the cache, rather than through the package's entry point, which looks
 * for it in `node_modules` only (where `npm ci` would delete it) and prints.
 */
function loadTensorflow(): Device {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  restoreUtil();
  const {binding, origin} = loadBinding();
  const {NodeJSKernelBackend} = require("@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js");
  require("@tensorflow/tfjs-node/dist/register_all_kernels.js");
  tf.registerBackend("tensorflow", () => new NodeJSKernelBackend(binding, "@tensorflow/tfjs-node"), 3);
  const note = `libtensorflow ${binding.TF_Version}, ${origin}`;
  const {name, threads} = describeProcessor();
  if (!binding.isUsingGpuDevice()) return {device: name, threads, note: `${note}, on the processor`};
  return {device: describeGpus()[0] ?? "GPU", note: `${note}, on the GPU`};
}

/** Loads the best binding that loads: built for CUDA (which computes on the processor too), then for the processor. */
function loadBinding(): {binding: Binding; origin: string} {
  const candidates = [...variants].reverse().flatMap((variant) => {
    const installation = provisioned(variant);
    return installation ? [{path: installation.binding, origin: `${variant} build`}] : [];
  });
  // Where this project's setup does not go, the packages' own may have been run.
  for (const name of process.platform === "linux" ? [] : ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"]) {
    const path = join(dirname(require.resolve(`${name}/package.json`)), "lib/napi-v8", bindingName);
    if (existsSync(path)) candidates.push({path, origin: `from ${name}`});
  }
  if (candidates.length === 0) throw new Error("libtensorflow is not installed (npm run setup installs it)");
  const failures: string[] = [];
  for (const {path, origin} of candidates) {
    try {
      return {binding: require(path) as Binding, origin};
    } catch (error) {
      failures.push(`${origin}: ${(error as Error).message}`);
    }
  }
  throw new Error(`libtensorflow does not load (${failures.join("; ")})`);
}

/** Puts back functions that tfjs-node calls and Node 23 removed; Node 22 warns of them. */
const restoreUtil = () =>
  Object.assign(util, {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray
  });
