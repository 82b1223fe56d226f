import {UserError} from "../support/errors.js";
import {renderExplanation} from "./explain.js";
import {rootOf} from "./keys.js";
import type {Pipeline} from "./pipeline.js";
import type {Plan} from "./plan.js";
import {collect, runInOrder, select, type Slot} from "./schedule.js";
import {type Outcome, summarise} from "./summary.js";
import type {Node} from "./types.js";
import {had, type NodeSource, resolveInWorker} from "./worker-process.js";

export interface StudyOptions {
  pipeline: Pipeline;
  /** Restricts the targets: stages or ids, also the beginning of an id. What they need runs too. */
  only?: readonly string[];
  /** Independent nodes at a time; more than one run in child processes, which need `source`. Default: 1. */
  jobs?: number;
  source?: NodeSource;
  /** Computes the targets even if they have results. */
  fresh?: boolean;
  /** Writes the results that may be published. */
  publish?: boolean;
  /** Runs nothing and says why the targets would run or not. */
  explain?: boolean;
}

export interface StudyReport {
  outcomes: Outcome[];
  /** Paths of the published files. */
  published: string[];
  /** 0, 1 if anything failed or a result is not sound, 130 if it was interrupted. */
  exitCode: number;
  /** The summary, or the explanation, for the terminal. */
  text: string;
}

/**
 * Brings the results of a study up to date: the targets, and upstream of them only what is missing. A failure stops
 * what depends on it and nothing else.
 */
export async function runStudy(nodes: readonly Node[], options: StudyOptions): Promise<StudyReport> {
  const {pipeline, only = [], jobs = 1, source, fresh = false, publish = false} = options;
  if (jobs > 1 && !source) throw new Error("Worker processes need to know where the nodes come from.");
  const all = collect(nodes);
  const targets = only.length > 0 ? select(all, only) : [...nodes];
  if (options.explain) return explainAll(targets, pipeline);

  const wanted = publish ? collect(targets).filter((node) => node.publish || targets.includes(node)) : targets;
  const forced = new Set(fresh ? targets.map(({id}) => id) : []);
  const plans = await planAll(wanted, forced, pipeline);
  const scheduled = all.filter(({id}) => plans.has(id));
  const release = createRelease(scheduled, pipeline);
  const outcomes = await runInOrder<Outcome>(scheduled, jobs, async (node, inputs, slot) => {
    const plan = plans.get(node.id) as Plan;
    const outcome = await settle(node, inputs, plan, pipeline.signal, () =>
      bring(node, plan, forced.has(node.id), slot, {pipeline, source: jobs > 1 ? source : undefined})
    );
    release(node);
    return outcome;
  });
  const published = publish ? await publishAll(scheduled, outcomes, pipeline) : [];
  return report(outcomes, published, pipeline.signal.aborted);
}

async function explainAll(targets: Node[], pipeline: Pipeline): Promise<StudyReport> {
  const explanations: string[] = [];
  const seen = new Set<string>();
  for (const node of targets) explanations.push(renderExplanation(await pipeline.explain(node), seen));
  return {outcomes: [], published: [], exitCode: 0, text: explanations.join("\n")};
}

/** The plans of the targets and, upstream, of what has to be looked at because something that needs it will run. */
async function planAll(targets: Node[], forced: Set<string>, pipeline: Pipeline): Promise<Map<string, Plan>> {
  const plans = new Map<string, Plan>();
  const visit = async (node: Node): Promise<void> => {
    if (plans.has(node.id)) return;
    const plan = await pipeline.plan(node);
    const runs = plan.action === "run" || (forced.has(node.id) && !plan.blocked);
    plans.set(node.id, runs ? {...plan, action: "run"} : plan);
    if (runs) for (const input of Object.values(node.inputs)) await visit(input);
  };
  for (const node of targets) await visit(node);
  return plans;
}

/** Turns what happens to a node into an outcome. */
async function settle(
  {id}: Node,
  inputs: Outcome[],
  plan: Plan,
  signal: AbortSignal,
  work: () => Promise<Outcome>
): Promise<Outcome> {
  const culprit = inputs.find(({status}) => ["failed", "skipped", "interrupted"].includes(status));
  if (culprit && plan.action === "run") {
    return culprit.status === "interrupted"
      ? {id, status: "interrupted"}
      : {id, status: "skipped", root: culprit.root ?? culprit.id};
  }
  if (plan.action === "unavailable") return {id, status: "failed", message: obstacle(plan)};
  try {
    return await work();
  } catch (error) {
    return signal.aborted ? {id, status: "interrupted"} : {id, status: "failed", message: describe(error)};
  }
}

async function bring(
  node: Node,
  plan: Plan,
  fresh: boolean,
  slot: Slot,
  {pipeline, source}: {pipeline: Pipeline; source?: NodeSource}
): Promise<Outcome> {
  const message = plan.blocked && `not run here: ${obstacle(plan)}`;
  const {source: status, warning} = await slot(async () => {
    pipeline.signal.throwIfAborted();
    if (plan.action === "run" && source) return resolveInWorker(node, fresh, source, pipeline);
    return had(await pipeline.resolve(node, {fresh}));
  });
  return {id: node.id, status, message, warning};
}

/** What is missing here and what to do, in the same words for all results that it stops. */
function obstacle({blocked}: Plan): string {
  const root = blocked && rootOf(blocked);
  return [root?.reason, root?.hint].filter(Boolean).join("\n  ");
}

/** Lines of a bug's stack that are shown: where it is, not how it came there. */
const stackLines = 4;

/** A bug is shown with where it is, a failure that the reader can mend without. */
const describe = (error: unknown) =>
  error instanceof UserError
    ? error.message
    : ((error as Error).stack ?? String(error)).split("\n").slice(0, stackLines).join("\n");

/** Frees the memory of a result once everything scheduled that needs it is finished. */
function createRelease(scheduled: Node[], pipeline: Pipeline): (finished: Node) => void {
  const users = new Map<string, Set<string>>(scheduled.map(({id}) => [id, new Set([id])]));
  for (const node of scheduled) {
    for (const input of Object.values(node.inputs)) users.get(input.id)?.add(node.id);
  }
  return (finished) => {
    for (const node of [finished, ...Object.values(finished.inputs)]) {
      const left = users.get(node.id);
      left?.delete(finished.id);
      if (!left?.size) pipeline.release(node);
    }
  };
}

/** Publishes what was computed here, now or before; a result that cannot be published becomes a failure. */
async function publishAll(nodes: Node[], outcomes: Outcome[], pipeline: Pipeline): Promise<string[]> {
  const paths: string[] = [];
  for (const [i, node] of nodes.entries()) {
    if (!node.publish || !["computed", "store"].includes(outcomes[i].status)) continue;
    try {
      paths.push(await pipeline.publish(node));
    } catch (error) {
      outcomes[i] = {id: node.id, status: "failed", message: describe(error)};
    }
    pipeline.release(node);
  }
  return paths;
}

function report(outcomes: Outcome[], published: string[], interrupted: boolean): StudyReport {
  const failed = outcomes.some(({status, warning}) => status === "failed" || warning);
  const exitCode = interrupted ? 130 : failed ? 1 : 0;
  return {outcomes, published, exitCode, text: summarise(outcomes, {published: published.length, interrupted})};
}
