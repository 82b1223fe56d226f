import {NotComputed, rootOf} from "./keys.js";
import type {Pipeline} from "./pipeline.js";
import {collect} from "./schedule.js";
import type {Node} from "./types.js";

/** What resolving some results would take. */
export interface Ahead {
  /** What would run, inputs first. */
  running: Node[];
  /** What would be needed too, but takes longer than the pipeline may start. */
  left: Node[];
}

/**
 * What a pipeline would compute to resolve these nodes, and what it would leave out for its effort. Computes nothing.
 */
export async function lookAhead(targets: readonly Node[], {plan}: Pick<Pipeline, "plan">): Promise<Ahead> {
  const [running, left, seen] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const visit = async (node: Node): Promise<void> => {
    if (seen.has(node.id)) return;
    seen.add(node.id);
    const {action, blocked} = await plan(node);
    const root = blocked && rootOf(blocked);
    if (action === "unavailable" && root instanceof NotComputed) left.add(root.origin);
    if (action !== "run") return;
    running.add(node.id);
    for (const input of Object.values(node.inputs)) await visit(input);
  };
  for (const node of targets) await visit(node);
  const all = collect(targets);
  return {running: all.filter(({id}) => running.has(id)), left: all.filter(({id}) => left.has(id))};
}
