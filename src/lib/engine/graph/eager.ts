import * as tf from "@tensorflow/tfjs";
import {compile} from "./compile.js";
import {CompileError} from "./compile-error.js";
import {feedTensors} from "./feeds.js";
import type {Program, Steps} from "./step.js";

/** Steps that run operation by operation, on any backend and on the variables themselves. */
export const eager = <S extends Steps>(steps: S): Program<S> => ({
  run: (name, feeds) =>
    tf.tidy(() => steps[name].run(feedTensors(name, steps[name], feeds))) as ReturnType<S[typeof name]["run"]>,
  read() {},
  write() {},
  dispose() {}
});

/**
 * The fastest way to run steps here: compiled on `tensorflow`, eager on other backends, and eager with a warning where
 * something in a step cannot be compiled.
 */
export function fastest<S extends Steps>(
  steps: S,
  variables: readonly tf.Variable[],
  warn: (message: string) => void
): Program<S> {
  if (tf.getBackend() !== "tensorflow") return eager(steps);
  try {
    return compile(steps, variables);
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    warn(`Runs eagerly, which is slower, because it does not compile: ${error.message}`);
    return eager(steps);
  }
}
