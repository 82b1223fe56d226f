import {UserError} from "../support/errors.js";
import {canonical, hash} from "./canonical.js";
import type {FindFingerprint} from "./fingerprint.js";
import type {Node, Provenance} from "./types.js";

/** A result cannot be computed here: data or weights are missing, for the node itself or for one upstream. */
export class Unavailable extends UserError {
  /** The node whose data or weights are missing. */
  readonly origin: string;
  /** What is missing, without the hint. */
  readonly reason: string;

  constructor({id}: Node, {origin = id, reason, hint, cause}: {origin?: string; reason: string} & Remedy) {
    super(`${id} cannot be computed here${origin === id ? "" : `, since ${origin} cannot`}: ${reason}`, {hint, cause});
    this.origin = origin;
    this.reason = reason;
  }
}

/** A result could be computed here, but takes longer than what may be started. */
export class NotComputed extends Unavailable {
  constructor(node: Node) {
    super(node, {
      reason: "it has not been computed yet",
      hint: `Compute it: npm run study -- --only ${node.id}`
    });
  }
}

/** What is missing at the beginning of a chain of results that it stops. */
export const rootOf = (error: Unavailable): Unavailable =>
  error.cause instanceof Unavailable ? rootOf(error.cause) : error;

interface Remedy {
  hint?: string;
  cause?: unknown;
}

/** What identifies the question on any machine: the stage, its parameters, and the same of its inputs. */
export function identityOf(node: Node): string {
  const known = identities.get(node);
  if (known !== undefined) return known;
  const inputs = Object.entries(node.inputs).map(([name, input]) => [name, identityOf(input)]);
  const identity = hash(node.stage, canonical(node.params), canonical(Object.fromEntries(inputs)));
  identities.set(node, identity);
  return identity;
}

const identities = new WeakMap<Node, string>();

/** The parts of a key: what identifies the answer. */
export type KeyParts = Pick<Provenance, "identity" | "inputs" | "digests" | "external" | "revision" | "code">;

/**
 * An expensive stage is keyed by its revision, a cheap one by its code; both by the content of published inputs, too.
 */
export const keyOf = ({identity, external = "", revision, code, inputs, digests}: KeyParts) =>
  hash(
    identity,
    external,
    revision === undefined ? code : `revision ${revision}`,
    canonical(inputs),
    ...(digests ? [canonical(digests)] : [])
  );

/** What is known of a result that is an input: its key, and the digest of a published value. */
export interface InputKey {
  key?: string;
  digest?: string;
}

/** Computes the parts of keys, each digest and fingerprint once. */
export function createKeys(fingerprint: FindFingerprint) {
  const externals = new Map<string, Promise<string | undefined>>();
  const statics = new Map<string, Promise<KeyParts>>();

  /** The digest of the data or weights that a stage reads; throws `Unavailable` when they are not here. */
  const external = (node: Node) => once(externals, identityOf(node), () => digest(node));

  /** The parts of a node's key, given those of its inputs' results. */
  const parts = async (node: Node, inputs: Record<string, InputKey>): Promise<KeyParts> => ({
    identity: identityOf(node),
    inputs: pick(inputs, "key"),
    digests: Object.values(inputs).some(({digest}) => digest) ? pick(inputs, "digest") : undefined,
    external: await external(node),
    revision: node.revision,
    code: (await fingerprint(node.module)).code
  });

  /**
   * The key parts of a node whose result and inputs were all computed here and now; nothing is computed to know them.
   */
  const expected = (node: Node): Promise<KeyParts> =>
    once(statics, `${node.module} ${identityOf(node)}`, async () => {
      const inputs: Record<string, InputKey> = {};
      for (const [name, input] of Object.entries(node.inputs)) inputs[name] = {key: keyOf(await expected(input))};
      return parts(node, inputs);
    });

  return {external, parts, expected};
}

/** One of the two of every input that has it. */
const pick = (inputs: Record<string, InputKey>, which: keyof InputKey): Record<string, string> =>
  Object.fromEntries(Object.entries(inputs).flatMap(([name, {[which]: text}]) => (text ? [[name, text]] : [])));

export type Keys = ReturnType<typeof createKeys>;

/** The value, or the reason why it cannot be had here. */
export async function available<T>(promise: Promise<T>): Promise<{value?: T; error?: Unavailable}> {
  try {
    return {value: await promise};
  } catch (error) {
    if (error instanceof Unavailable) return {error};
    throw error;
  }
}

function once<T>(memory: Map<string, Promise<T>>, key: string, compute: () => Promise<T>): Promise<T> {
  const pending = memory.get(key) ?? compute();
  memory.set(key, pending);
  return pending;
}

async function digest(node: Node): Promise<string | undefined> {
  try {
    return await node.external?.();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const reason = error.message.split("\n  ")[0].replace(/\.$/, "");
    throw new Unavailable(node, {reason, hint: error.hint, cause: error});
  }
}
