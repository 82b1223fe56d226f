/**
 * `compile` is for TensorFlow.js what `tf.function` is for TensorFlow in Python: it runs ordinary functions of tensors
 * once to record them, gradients and assignments included, as one graph (Abadi et al., 2016), which TensorFlow's
 * session then optimises, schedules over the processor's cores and frees the memory of by itself.
 */
import * as tf from "@tensorflow/tfjs";
import {CompileError} from "./compile-error.js";
import {feedTensors} from "./feeds.js";
import type {Recording} from "./record.js";
import {record} from "./record.js";
import {Session} from "./session.js";
import type {Feed, Program, Steps} from "./step.js";

/**
 * Compiles steps into one graph with one copy of the variables, which they share in one session. The copy starts with
 * the variables' values; from then on it and the variables go separate ways, but for `read` and `write`.
 * @param variables all that the steps use; float32
 * @throws CompileError where the active backend is not `tensorflow` or something cannot be recorded, naming it
 */
export function compile<S extends Steps>(steps: S, variables: readonly tf.Variable[]): Program<S> {
  const backend = tf.getBackend();
  if (backend !== "tensorflow") throw new CompileError(`Steps compile on the backend tensorflow, not on ${backend}.`);
  const {savedModel, ...recording} = record(steps, variables);
  const program = new CompiledProgram<S>(steps, variables, recording, new Session(savedModel));
  program.write();
  return program;
}

class CompiledProgram<S extends Steps> implements Program<S> {
  constructor(
    private readonly steps: S,
    private readonly variables: readonly tf.Variable[],
    private readonly recording: Omit<Recording, "savedModel">,
    private readonly session: Session
  ) {}

  run<Name extends keyof S & string>(name: Name, given: Readonly<Record<string, Feed>>): ReturnType<S[Name]["run"]> {
    const {feeds, fetches} = this.recording.steps[name];
    return tf.tidy(() => {
      const tensors = feedTensors(name, this.steps[name], given);
      const fed = new Map([...feeds].map(([input, placeholder]) => [placeholder, tensors[input]]));
      const outputs = this.session.run(fed, [...fetches.values()]);
      return Object.fromEntries([...fetches.keys()].map((output, i) => [output, outputs[i]]));
    }) as ReturnType<S[Name]["run"]>;
  }

  read(): void {
    if (this.variables.length === 0) return;
    const values = this.session.run(new Map(), this.recording.reads);
    this.variables.forEach((variable, i) => variable.assign(values[i]));
    tf.dispose(values);
  }

  write(): void {
    const {feeds, fetch} = this.recording.write;
    tf.dispose(this.session.run(new Map(feeds.map((feed, i) => [feed, this.variables[i]])), [fetch]));
  }

  dispose(): void {
    this.session.dispose();
  }
}
