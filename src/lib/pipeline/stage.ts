import {fileURLToPath} from "node:url";
import type {z} from "zod";
import type {Effort, Node, StageContext, Value} from "./types.js";

type External = () => Promise<string> | string;
/** No arguments, inputs or parameters. */
type Nothing = Record<never, never>;
type Inputs = Readonly<Record<string, Node | undefined>>;

/** What a stage's `run` receives for its inputs: the output of each node. */
export type Resolved<I extends Inputs> = {[K in keyof I]: I[K] extends Node<infer O> ? O : Optional<I[K]>};
type Optional<N> = N extends Node<infer O> ? O : undefined;

/** The declaration of a stage: a pure function of its parameters, its inputs and what it digests from outside. */
export interface StageDefinition<Args, I extends Inputs, Params, Output> {
  name: string;
  /** `import.meta.url` of the declaring file: the code reachable from there is the stage's code. */
  module: string;
  /** What tells one node of this stage from another: letters, digits, `._-` and `/`. Omitted: there is only one. */
  id?: (args: Args) => string;
  /** Other nodes; an input that is undefined for these arguments is left out. */
  inputs?: (args: Args) => I;
  params?: Params | ((args: Args) => Params);
  /** Present for an expensive stage, which is keyed by it instead of by its code: raise it when its meaning changes. */
  revision?: number;
  /** What it takes at most, "seconds" where it is absent: a build starts nothing longer that it was not asked to. */
  effort?: Effort;
  /** Whether results are small, free of images and worth keeping under version control. */
  publish?: boolean;
  /** What an output that is published looks like: a published file is checked against it before anything reads it. */
  shape?: z.ZodType;
  /** Gives a function that digests the data or weights which the stage reads; that throws `UserError` when absent. */
  external?: (args: Args) => External | undefined;
  /** Computes the output: JSON with typed arrays. Must not change its inputs, which other stages share. */
  run: (inputs: Resolved<I>, params: Params, context: StageContext) => Promise<Output> | Output;
}

/** A declared stage: applied to its arguments, it describes a node and runs nothing. */
export type Stage<Args, Output> = Nothing extends Args ? (args?: Args) => Node<Output> : (args: Args) => Node<Output>;

/** Declares a stage. Export it as `export const name = stage({...})`: other files import it to name an input. */
export function stage<Args = Nothing, I extends Inputs = Nothing, Params = Nothing, Output = unknown>(
  definition: StageDefinition<Args, I, Params, Output>
): Stage<Args, Output> {
  const {name, module, revision, effort = "seconds", publish = false, shape} = definition;
  const describe = (args: Args): Node<Output> => {
    const params = ((isFunction(definition.params) ? definition.params(args) : definition.params) ?? {}) as Params;
    const inputs = Object.entries(definition.inputs?.(args) ?? {}).filter(([, input]) => input !== undefined);
    return {
      id: checkId(definition.id ? `${name}/${definition.id(args)}` : name),
      stage: name,
      params: params as Value,
      inputs: Object.fromEntries(inputs) as Record<string, Node>,
      revision,
      effort,
      publish,
      shape,
      module: fileURLToPath(module),
      external: definition.external?.(args),
      run: (resolved, context) => definition.run(resolved as Resolved<I>, params, context)
    };
  };
  return ((args = {} as Args) => describe(args)) as Stage<Args, Output>;
}

const isFunction = <Args, Params>(params: unknown): params is (args: Args) => Params => typeof params === "function";

function checkId(id: string): string {
  if (/^[\w.-]+(\/[\w.-]+)*$/.test(id) && !id.split("/").includes("..")) return id;
  throw new Error(`The id ${JSON.stringify(id)} cannot name a file: use letters, digits, ".", "_", "-" and "/".`);
}
