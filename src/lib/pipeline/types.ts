import type {z} from "zod";
import type {OnProgress, Progress} from "../support/progress.js";

/** Plain values that stages exchange: JSON, with typed arrays allowed anywhere. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | Int32Array
  | Float32Array
  | Float64Array
  | readonly Value[]
  | {readonly [key: string]: Value | undefined};

/** What a running stage may use besides its inputs and parameters. */
export interface StageContext {
  /** Reports how far the stage is. */
  progress: OnProgress;
  /** One line for the log. */
  log(message: string): void;
  /**
   * Aborted when the process is asked to end: save a checkpoint and throw `signal.reason`. A stage that has not looked
   * at it is ended at once.
   */
  readonly signal: AbortSignal;
  /** A folder of this stage's own, kept until the stage succeeds: checkpoints. Named by the stage's key. */
  workspace: string;
  /** Records a fact for the provenance: backend, device. */
  record(facts: Record<string, string | number>): void;
}

/**
 * What a stage takes on a usual machine: "seconds", which anything may start; "minutes", such as passing the test
 * images through a trained network; "hours", such as training one, which is the study's to start.
 */
export const efforts = ["seconds", "minutes", "hours"] as const;
export type Effort = (typeof efforts)[number];

/** A stage applied to its arguments: a plain description, computed by nobody until it is resolved. */
export interface Node<Output = unknown> {
  /** Unique in a study and readable: "training/mobilenetv2-imagenet-1". */
  readonly id: string;
  readonly stage: string;
  readonly params: Value;
  readonly inputs: Readonly<Record<string, Node>>;
  /** Raised when the meaning of an expensive stage changes; undefined for a cheap stage, which is keyed by its code. */
  readonly revision?: number;
  readonly effort: Effort;
  /** Whether `--publish` writes the result to `data/published`. */
  readonly publish: boolean;
  /** What a published value looks like. */
  readonly shape?: z.ZodType;
  /** The file that declares the stage: where the code's fingerprint starts. */
  readonly module: string;
  /** Digest of what the stage reads from outside (data, weights); throws `UserError` when that is not here. */
  readonly external?: () => Promise<string> | string;
  readonly run: (inputs: Record<string, unknown>, context: StageContext) => Promise<Output> | Output;
}

/** Where a result came from and how to get it again. */
export interface Provenance {
  id: string;
  stage: string;
  params: Value;
  /** Hash of the parameters here and upstream: what identifies the question, on any machine. */
  identity: string;
  /** Hash of identity, outside data and code or revision, here and upstream: what identifies the answer. */
  key: string;
  inputs: Record<string, string>;
  /** Digests of the values of those inputs that were taken from the published results. */
  digests?: Record<string, string>;
  external?: string;
  revision?: number;
  /** Fingerprint of the minified module graph that computed it. */
  code: string;
  packages: Record<string, string>;
  node: string;
  backend?: string;
  device?: string;
  /** What else the stage recorded. */
  facts?: Record<string, string | number>;
  /** What the run that finished it took; an interrupted run that it continued is not counted. */
  seconds: number;
  /** ISO 8601, UTC. */
  date: string;
}

/** A result and where it came from. */
export interface Result<Output> {
  value: Output;
  provenance: Provenance;
  /** "computed" now, found in the "store", or "published" in an earlier version. */
  source: "computed" | "store" | "published";
  /** Of a published value; absent elsewhere. */
  digest?: string;
  /**
   * Set when the result was computed by code, data or a revision that has changed since: shown, never silently
   * retrained.
   */
  drift?: Drift;
}

export interface Drift {
  computedBy: string;
  codeNow: string;
  /** What changed, in sentences: "revision: 1 -> 2". */
  changed: string[];
}

/** What happens while nodes are resolved; a display draws it, a test counts it, a worker sends it to its parent. */
export type PipelineEvent =
  | {type: "start"; id: string; key: string}
  | {type: "progress"; id: string; progress: Progress}
  | {type: "log" | "warning" | "waiting"; id: string; message: string}
  | {type: "end"; id: string; source: Result<unknown>["source"]; seconds: number}
  | {type: "fail"; id: string; message: string};

export type OnEvent = (event: PipelineEvent) => void;
