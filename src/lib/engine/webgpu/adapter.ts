import type {Device, LoadOptions} from "../backend-names.js";
import {correctAveragePoolGradient} from "../pooling-gradients.js";

// Names under which drivers present a processor as a GPU.
const software = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|\bcpu\b/i;

const noAdapter =
  "there is no GPU that Dawn can use (no Vulkan, Metal or Direct3D adapter); to try webgpu on " +
  "the processor, slowly, give " +
  "it a software Vulkan driver, such as the one of Debian's chromium: LD_LIBRARY_PATH=/usr/lib/chromium " +
  "VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json";

/** One for the process: Dawn takes its devices down with the object that they came from. */
let gpu: GPU | undefined;

/**
 * Offers Dawn, Chromium's WebGPU, to TensorFlow.js as a browser would. An adapter that only emulates a GPU on the
 * processor is correct and slow: it is taken only where that is what was asked for.
 * @throws Error where there is no adapter, or only an emulation that was not asked for
 */
export async function loadWebgpu({emulated}: LoadOptions): Promise<Device> {
  const {create, globals} = await import("webgpu");
  gpu ??= create([]);
  const adapter = await gpu.requestAdapter({powerPreference: "high-performance"});
  if (!adapter) throw new Error(noAdapter);
  const {vendor, architecture, device, description, isFallbackAdapter} = adapter.info;
  const name = description || [vendor, architecture, device].filter(Boolean).join(" ");
  const emulates = isFallbackAdapter || software.test(`${name} ${architecture}`);
  if (emulates && !emulated) throw new Error(`${name} is no GPU, but emulates one: only --backend webgpu takes it`);
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, "navigator", {value: {gpu, userAgent: "Node.js"}, configurable: true});
  await import("@tensorflow/tfjs-backend-webgpu");
  await import("./kernels.js");
  correctAveragePoolGradient("webgpu");
  return {device: name, note: emulates ? "Dawn, emulating a GPU on the processor" : "Dawn"};
}
