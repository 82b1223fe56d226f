/** The back ends of TensorFlow.js that run in Node, best first. */
export const backendNames = ["tensorflow", "webgpu", "wasm", "cpu"] as const;
export type BackendName = (typeof backendNames)[number];

/** What a backend computes on. */
export interface Device {
  /** The name of the processor or the GPU. */
  device: string;
  /** Threads it computes with; absent on a GPU. */
  threads?: number;
  /** A few words for the reason of a choice: which libtensorflow, that it runs on the GPU. */
  note?: string;
}

export interface LoadOptions {
  /** Also takes a GPU that the processor only emulates, which `webgpu` refuses otherwise. */
  emulated?: boolean;
}
