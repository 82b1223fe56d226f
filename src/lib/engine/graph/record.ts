import * as tf from "@tensorflow/tfjs";
import {CompileError} from "./compile-error.js";
import type {SessionVariable} from "./graph.js";
import type {NativeBackend} from "./recorder.js";
import {Recorder} from "./recorder.js";
import type {Step, Steps} from "./step.js";

/** A recorded graph, and which of its nodes to feed and to fetch. */
export interface Recording {
  savedModel: Uint8Array;
  steps: Record<string, {feeds: Map<string, string>; fetches: Map<string, string>}>;
  /** One output for each variable. */
  reads: string[];
  /** One placeholder for each variable, and the node that has written all of them. */
  write: {feeds: string[]; fetch: string};
}

const backendName = "graph";

/**
 * Runs every step once on a backend that notes the operations instead of computing them. The tape of TensorFlow.js
 * differentiates as ever, and what is assigned to a variable becomes an assignment in the graph.
 * @throws CompileError for what cannot be recorded, naming it; the variables are as before in any case
 */
export function record(steps: Steps, variables: readonly tf.Variable[]): Recording {
  const recorder = new Recorder(tf.backend() as NativeBackend);
  return whileActive(recorder, variables, () => {
    const {graph} = recorder;
    const stored = variables.map(({shape}, i) => graph.variable(`variable_${i}`, shape));
    const recorded = Object.entries(steps).map(([name, step]) => [name, recordStep(recorder, step, variables, stored)]);
    const feeds = variables.map(({shape}) => graph.placeholder("float32", shape));
    const fetch = graph.after(stored.map(({initialise}, i) => initialise(feeds[i])));
    return {
      steps: Object.fromEntries(recorded),
      reads: stored.map(({read}) => read),
      write: {feeds, fetch},
      savedModel: graph.savedModel()
    };
  });
}

function recordStep(recorder: Recorder, step: Step, variables: readonly tf.Variable[], stored: SessionVariable[]) {
  const {graph} = recorder;
  return explained(() =>
    scoped(() => {
      variables.forEach((variable, i) => variable.assign(recorder.symbol(stored[i].read, "float32", variable.shape)));
      const feeds = Object.entries(step.inputs).map(([name, {shape, dtype = "float32"}]) => {
        const placeholder = graph.placeholder(dtype, shape);
        return {name, placeholder, tensor: recorder.symbol(placeholder, dtype, shape)};
      });
      const known = countVariables();
      const outputs = Object.entries(step.run(Object.fromEntries(feeds.map(({name, tensor}) => [name, tensor]))));
      if (outputs.length === 0) throw new CompileError("A step must return at least one tensor, such as its loss.");
      if (countVariables() > known) {
        throw new CompileError("A variable was made while recording: make all variables before.");
      }
      const assignments = variables.flatMap((variable, i) => {
        const value = recorder.outputOf(variable);
        return value === stored[i].read ? [] : [stored[i].assign(value)];
      });
      const fetches = outputs.map(([name, tensor]) => {
        const output = recorder.outputOf(tensor);
        return [name, graph.after(assignments, output, tensor.dtype as "float32")] as const;
      });
      return {feeds: new Map(feeds.map(({name, placeholder}) => [name, placeholder])), fetches: new Map(fetches)};
    })
  );
}

function whileActive<T>(recorder: Recorder, variables: readonly tf.Variable[], body: () => T): T {
  const before = tf.getBackend();
  const values = variables.map((variable) => variable.clone());
  tf.registerBackend(backendName, () => recorder, 0);
  registerKernels(before);
  // Asynchronous only for backends that start asynchronously.
  void tf.setBackend(backendName);
  try {
    return body();
  } finally {
    void tf.setBackend(before);
    variables.forEach((variable, i) => variable.assign(values[i]));
    tf.dispose(values);
    tf.removeBackend(backendName);
  }
}

/**
 * tfjs-node's kernels, and this project's, hand every operation to the backend that is active, so all of them record.
 */
function registerKernels(native: string): void {
  for (const kernel of tf.getKernelsForBackend(native)) {
    const {kernelName, kernelFunc} = kernel;
    if (tf.getKernel(kernelName, backendName)) continue;
    const noted: tf.KernelFunc = (parameters) => {
      (parameters.backend as Recorder).kernel = kernelName;
      return kernelFunc(parameters);
    };
    tf.registerKernel({kernelName, backendName, kernelFunc: noted});
  }
}

/** Makes a CompileError of what TensorFlow.js throws where a backend lacks a kernel. */
function explained<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    const kernel = /Kernel '(\w+)' not registered/.exec((error as Error).message)?.[1];
    if (!kernel) throw error;
    throw new CompileError(`The backend tensorflow has no kernel ${kernel} to compile.`, {cause: error});
  }
}

/** `tf.tidy` for what returns anything but tensors. */
function scoped<T>(body: () => T): T {
  const engine = tf.engine();
  engine.startScope();
  try {
    return body();
  } finally {
    engine.endScope();
  }
}

const countVariables = () => Object.keys(tf.engine().state.registeredVariables).length;
