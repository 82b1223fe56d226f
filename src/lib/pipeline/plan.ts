import {differences} from "./canonical.js";
import {available, identityOf, type Keys, keyOf, NotComputed, Unavailable} from "./keys.js";
import type {Published, PublishedResult} from "./published.js";
import type {Store} from "./store.js";
import {type Effort, efforts, type Node} from "./types.js";

/**
 * What is preferred when an expensive result is not in the store: "published" takes it from the published results (for
 * loaders and builds), "computed" computes it where that is possible (for `npm run study`).
 */
export type Policy = "published" | "computed";

/** What resolving a node would do, found without computing anything. */
export interface Plan {
  action: "store" | "published" | "run" | "unavailable";
  /** The key that the result has or will have; absent when it is unavailable. */
  key?: string;
  /** Of the value that is published. */
  digest?: string;
  /** Whether an expensive stage would run, here or upstream. */
  expensive: boolean;
  /** Why it cannot be computed here: data, weights or an input is missing. */
  blocked?: Unavailable;
}

/** The published result of a node, if it answers the same question. */
export function findPublished(node: Node, published: Published): PublishedResult | undefined {
  const found = node.publish ? published.find(node) : undefined;
  return found?.provenance.identity === identityOf(node) ? found : undefined;
}

export interface Sources {
  keys: Keys;
  policy: Policy;
  /** The most that a stage may take to be run. */
  effort: Effort;
  published: Published;
  store: Store;
}

/** Plans a node: store, then published result or computation as the policy says, upstream only where it is needed. */
export async function planNode(node: Node, sources: Sources, seen = new Map<string, Promise<Plan>>()): Promise<Plan> {
  const pending = seen.get(node.id) ?? decide(node, sources, seen);
  seen.set(node.id, pending);
  return pending;
}

async function decide(node: Node, sources: Sources, seen: Map<string, Promise<Plan>>): Promise<Plan> {
  const {keys, policy, published, store} = sources;
  const expected = await available(keys.expected(node));
  const here = expected.value && keyOf(expected.value);
  if (here && (await store.find(here))) return {action: "store", key: here, expensive: false};
  const earlier = findPublished(node, published);
  const fromPublished = (blocked?: Unavailable): Plan => ({
    action: "published",
    key: earlier?.provenance.key,
    digest: earlier?.digest,
    expensive: false,
    blocked
  });
  if (earlier && policy === "published" && node.revision !== undefined) return fromPublished();

  const inputs: Record<string, Plan> = {};
  for (const [name, input] of Object.entries(node.inputs)) inputs[name] = await planNode(input, sources, seen);
  const blocked = await obstacle(node, inputs, sources);
  if (blocked) return earlier ? fromPublished(blocked) : {action: "unavailable", expensive: false, blocked};

  const upstream = Object.values(inputs).some((input) => input.expensive);
  if (earlier && policy === "published" && upstream) return fromPublished();

  const key = keyOf(await keys.parts(node, inputs));
  if (await store.find(key)) return {action: "store", key, expensive: false};
  return {action: "run", key, expensive: upstream || node.revision !== undefined};
}

/** Why a node without data, without an input or of too much effort cannot be computed, if so. */
async function obstacle(node: Node, inputs: Record<string, Plan>, {keys, published, effort}: Sources) {
  const own = (await available(keys.external(node))).error;
  const missing = Object.entries(inputs).find(([, {action}]) => action === "unavailable");
  if (own) return own;
  if (!missing?.[1].blocked) return isBeyond(node, effort) ? new NotComputed(node) : undefined;
  const [name, {blocked}] = missing;
  const reason = blocked.reason + otherQuestion(node.inputs[name], published);
  return new Unavailable(node, {origin: blocked.origin, reason, hint: blocked.hint, cause: blocked});
}

const isBeyond = (node: Node, most: Effort) => efforts.indexOf(node.effort) > efforts.indexOf(most);

/** Says that a published result is there, but for other parameters. */
export function otherQuestion(node: Node, published: Published): string {
  const provenance = node.publish ? published.find(node)?.provenance : undefined;
  if (!provenance) return "";
  const changed = differences(provenance.params, node.params).join(", ");
  return `; the published result of ${node.id} is for other ${changed ? `parameters: ${changed}` : "inputs"}`;
}
