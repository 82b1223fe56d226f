import {changesSince, type History, type Past} from "./history.js";
import {available, type Keys, type Unavailable} from "./keys.js";
import type {FindFingerprint} from "./fingerprint.js";
import {type Plan, planNode, type Sources} from "./plan.js";
import type {Published} from "./published.js";
import type {Node, Provenance} from "./types.js";

/** Why a node would run or not. */
export interface Explanation {
  id: string;
  action: Plan["action"];
  /** Sentences: what is there, or what changed since the most recent result. */
  because: string[];
  /** The inputs that changed or would run, explained in turn. */
  inputs: Explanation[];
}

export interface ExplainSources extends Sources {
  fingerprint: FindFingerprint;
  history: History;
  keys: Keys;
}

/** Compares a node with its most recent result on this machine, or else with its published one; computes nothing. */
export async function explainNode(node: Node, sources: ExplainSources): Promise<Explanation> {
  const plan = await planNode(node, sources);
  const {history, keys, published, store, fingerprint} = sources;
  const code = await fingerprint(node.module);
  const found = plan.action === "store" ? await store.find(plan.key as string) : undefined;
  const parts = (await available(keys.expected(node))).value;

  if (found) {
    const drift = changesSince(history.past(found), node, parts ?? {}, code);
    return {id: node.id, action: "store", because: [`computed ${made(found)}`, ...kept(drift)], inputs: []};
  }
  const publishedPast = published.find(node);
  if (plan.action === "published" && publishedPast) {
    const {provenance} = publishedPast;
    const drift = changesSince(history.past(provenance), node, parts ?? {}, code);
    const reasons = plan.blocked ? missing(node, plan.blocked) : [];
    return {
      id: node.id,
      action: "published",
      because: [`published, computed ${made(provenance)}`, ...reasons, ...kept(drift)],
      inputs: []
    };
  }
  const inputs = await Promise.all(Object.values(node.inputs).map((input) => explainNode(input, sources)));
  const past = history.find(node) ?? publishedPast;
  const changes = past
    ? [...changesSince(past, node, parts ?? {}, code), ...republished(past, node, published)]
    : ["no earlier result"];
  const reasons = changes.length > 0 ? changes : ["nothing changed, but its stored result is gone"];
  return {
    id: node.id,
    action: plan.action,
    because: plan.blocked ? [...missing(node, plan.blocked), ...reasons] : reasons,
    inputs: inputs.filter(({action}) => action === "run" || action === "unavailable")
  };
}

/** Published inputs whose values are others now. */
const republished = ({provenance: {digests = {}}}: Past, {inputs}: Node, published: Published) =>
  Object.entries(digests)
    .filter(([name, digest]) => inputs[name] && published.find(inputs[name])?.digest !== digest)
    .map(([name]) => `the published value of input ${name}`);

const made = ({date, seconds, backend}: Provenance) =>
  `${date.slice(0, 16).replace("T", " ")} UTC in ${seconds.toFixed(1)} s${backend ? ` (${backend})` : ""}`;

const missing = ({id}: Node, {origin, reason}: Unavailable) => [origin === id ? reason : `${origin}: ${reason}`];

const kept = (drift: string[]) => (drift.length > 0 ? ["kept, although since then changed:", ...drift] : []);

const headlines: Record<Plan["action"], string> = {
  store: "is in the store",
  published: "is taken from the published results",
  run: "would run",
  unavailable: "has no result and cannot be computed here"
};

/** The explanation as indented text; what was `seen` in it or before is not explained again. */
export function renderExplanation(explanation: Explanation, seen = new Set<string>(), indent = ""): string {
  const {id, action, because, inputs} = explanation;
  const headline = `${indent}${id} ${headlines[action]}`;
  if (seen.has(id)) return `${headline} (see above)`;
  seen.add(id);
  const reasons = because.map((reason) => `${indent}  - ${reason}`);
  return [headline, ...reasons, ...inputs.map((input) => renderExplanation(input, seen, `${indent}  `))].join("\n");
}
