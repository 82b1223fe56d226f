import {rmSync} from "node:fs";
import {join} from "node:path";
import {setImmediate as nextTurn} from "node:timers/promises";
import {UserError} from "../support/errors.js";
import {makeFolder} from "../support/files.js";
import {directories} from "../support/paths.js";
import {endable} from "../support/signals.js";
import {type Explanation, explainNode} from "./explain.js";
import {createFingerprinter} from "./fingerprint.js";
import {changesSince, openHistory} from "./history.js";
import {available, createKeys, identityOf, keyOf, type KeyParts, NotComputed, rootOf} from "./keys.js";
import {withLock} from "./lock.js";
import {otherQuestion, type Plan, planNode, type Policy} from "./plan.js";
import {provenanceOf} from "./provenance.js";
import {openPublished, type PublishedResult} from "./published.js";
import {openStore, type Stored} from "./store.js";
import type {Drift, Effort, Node, OnEvent, Provenance, Result, StageContext} from "./types.js";

export interface PipelineOptions {
  /** Store, locks, workspaces, fingerprints. Default: `CACHE_DIR`. */
  cacheDir?: string;
  /** Results under version control. Default: `PUBLISHED_DIR`. */
  publishedDir?: string;
  /** Default: "published". */
  policy?: Policy;
  /**
   * The most that a stage may take to be run; what takes longer is unavailable until it has been computed. Default:
   * "hours".
   */
  effort?: Effort;
  /** When this process loaded its code, in milliseconds. Default: when it was started. */
  loadedAt?: number;
  /** Passed to the stages; nothing new is started once it is aborted. */
  signal?: AbortSignal;
  onEvent?: OnEvent;
}

export interface ResolveOptions {
  /** Computes the node (not its inputs) even if there is a result. */
  fresh?: boolean;
}

/** Resolves nodes, each once, with one store and one folder of published results. */
export interface Pipeline {
  readonly settings: {cacheDir: string; publishedDir: string; policy: Policy; effort: Effort};
  readonly signal: AbortSignal;
  readonly emit: OnEvent;
  /**
   * The result of a node, from the store, the published results or a computation; throws UserError when there is none.
   */
  resolve<Output>(node: Node<Output>, options?: ResolveOptions): Promise<Result<Output>>;
  /** What `resolve` would do. */
  plan(node: Node): Promise<Plan>;
  /** Why `resolve` would compute, or not. */
  explain(node: Node): Promise<Explanation>;
  /** Writes the node's result to the published ones and returns the file's path. */
  publish(node: Node): Promise<string>;
  /** Forgets a result that was resolved, to free its memory; the store keeps it. */
  release(node: Node): void;
}

/** Opens a pipeline. Tests give it folders of their own. */
export function createPipeline(options: PipelineOptions = {}): Pipeline {
  const {cacheDir = directories.cache(), publishedDir = directories.published(), policy = "published"} = options;
  const {effort = "hours", signal = new AbortController().signal, onEvent: emit = () => {}} = options;
  const names = new Map<string, string>();
  const store = openStore(join(cacheDir, "store"), (key, message) =>
    emit({type: "warning", id: names.get(key) ?? key, message})
  );
  const published = openPublished(publishedDir);
  const history = openHistory(join(cacheDir, "last"));
  const fingerprint = createFingerprinter(join(cacheDir, "code"), options.loadedAt);
  const keys = createKeys(fingerprint);
  const sources = {fingerprint, history, keys, policy, effort, published, store};
  const results = new Map<string, Promise<Result<unknown>>>();
  let turn: Promise<unknown> = Promise.resolve();

  /** One stage at a time in a process: two trainings at once would need the memory of both. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };

  async function driftOf(node: Node, provenance: Provenance): Promise<Drift | undefined> {
    const now = await fingerprint(node.module);
    const {value: parts = {}} = await available(keys.expected(node));
    const changed = changesSince(history.past(provenance), node, parts, now);
    return changed.length > 0 ? {computedBy: provenance.code, codeNow: now.code, changed} : undefined;
  }

  async function finish(node: Node, found: Stored | PublishedResult, source: Result<unknown>["source"]) {
    const seconds = source === "computed" ? found.provenance.seconds : 0;
    emit({type: "end", id: node.id, source, seconds});
    return {...found, source, drift: await driftOf(node, found.provenance)};
  }

  async function obtain(node: Node): Promise<Result<unknown>> {
    const plan = await planNode(node, sources);
    if (plan.action === "unavailable") throw unavailable(plan, otherQuestion(node, published));
    if (plan.action === "run") return compute(node, false);
    if (plan.action === "published") return finish(node, published.find(node) as PublishedResult, "published");
    names.set(plan.key as string, node.id);
    const stored = await store.read(plan.key as string);
    return stored ? finish(node, stored, "store") : obtain(node);
  }

  async function compute(node: Node, fresh: boolean): Promise<Result<unknown>> {
    const inputs: Record<string, Result<unknown>> = {};
    for (const [name, input] of Object.entries(node.inputs)) inputs[name] = await resolve(input);
    const inputKeys = mapValues(inputs, ({provenance: {key}, digest}) => ({key, digest}));
    const parts = await keys.parts(node, inputKeys);
    const key = keyOf(parts);
    names.set(key, node.id);
    return inTurn(() =>
      withLock(
        join(cacheDir, "locks", key),
        async () => {
          // Another process may have computed it while this one waited.
          const stored = fresh ? undefined : await store.read(key);
          if (stored) return finish(node, stored, "store");
          return run(
            node,
            mapValues(inputs, ({value}) => value),
            parts,
            fresh
          );
        },
        {signal, onWait: (message) => emit({type: "waiting", id: node.id, message})}
      )
    );
  }

  async function run(node: Node, inputs: Record<string, unknown>, parts: KeyParts, fresh: boolean) {
    signal.throwIfAborted();
    const key = keyOf(parts);
    const workspace = join(cacheDir, "work", key);
    if (fresh) rmSync(workspace, {recursive: true, force: true});
    makeFolder(workspace);
    const facts: Record<string, string | number> = {};
    const contextOf = (listen: () => void): StageContext => ({
      progress: (progress) => emit({type: "progress", id: node.id, progress}),
      log: (message) => emit({type: "log", id: node.id, message}),
      get signal() {
        listen();
        return signal;
      },
      workspace,
      record: (recorded) => void Object.assign(facts, recorded)
    });
    emit({type: "start", id: node.id, key});
    await nextTurn(); // lets a display draw before a stage blocks the event loop
    const start = performance.now();
    try {
      const value = await endable((listen) => node.run(inputs, contextOf(listen)));
      const seconds = (performance.now() - start) / 1000;
      const code = await fingerprint(node.module);
      const provenance = provenanceOf(node, parts, code, {facts, seconds, date: new Date()});
      const stored = await store.write(key, value, provenance);
      history.write(provenance, code);
      rmSync(workspace, {recursive: true, force: true});
      return finish(node, stored, "computed");
    } catch (error) {
      emit({type: "fail", id: node.id, message: (error as Error).message});
      throw error;
    }
  }

  function resolve<Output>(node: Node<Output>, {fresh = false}: ResolveOptions = {}): Promise<Result<Output>> {
    const name = `${node.id} ${identityOf(node)}`;
    const pending = (fresh ? undefined : results.get(name)) ?? (fresh ? compute(node, true) : obtain(node));
    results.set(name, pending);
    return pending as Promise<Result<Output>>;
  }

  return {
    settings: {cacheDir, publishedDir, policy, effort},
    signal,
    emit,
    resolve,
    plan: (node) => planNode(node, sources),
    explain: (node) => explainNode(node, sources),
    publish: async (node) => published.write(node, (await resolve(node)) as Stored),
    release: (node) => void results.delete(`${node.id} ${identityOf(node)}`)
  };
}

function unavailable({blocked}: Plan, otherQuestion: string): UserError {
  const rest = "Then run `npm run study`; `npm run doctor` says what this machine has.";
  const steps = [blocked?.hint, ...(blocked && rootOf(blocked) instanceof NotComputed ? [] : [rest])];
  const message = blocked?.message.split("\n  ")[0].replace(/\.$/, "");
  return new UserError(`${message}${otherQuestion}.`, {hint: steps.filter(Boolean).join("\n  "), cause: blocked});
}

const mapValues = <A, B>(record: Record<string, A>, convert: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, convert(value)]));

let shared: Pipeline | undefined;
const sharedPipeline = () => (shared ??= createPipeline({effort: "seconds"}));

/** Makes a pipeline this process's default one, before anything was resolved by that. */
export function share(pipeline: Pipeline): void {
  shared = pipeline;
}

/**
 * Resolves a node with this process's default pipeline: that prefers published results and runs no stage of more than
 * seconds, unless another one was shared. See `Pipeline.resolve`.
 */
export const resolve = <Output>(node: Node<Output>): Promise<Result<Output>> => sharedPipeline().resolve(node);

/** What `resolve` would do; see `Pipeline.plan`. */
export const plan = (node: Node): Promise<Plan> => sharedPipeline().plan(node);
