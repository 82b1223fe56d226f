import {UserError} from "../support/errors.js";
import {renderExplanation} from "./explain.js";
import {rootOf} from "./keys.js";
import type {Pipeline} from "./pipeline.js";
import type {Plan} from "./plan.js";
import {collect, runInOrder, select, type Slot} from "./schedule.js";
import type {Node} from "./types.js";
import {type NodeSource, resolveInWorker} from "./worker-process.js";

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

export interface Outcome {
  id: string;
  status: "computed" | "store" | "published" | "failed" | "skipped";
  /** Why it was not run here, skipped or failed. */
  message?: string;
}

export interface StudyReport {
  outcomes: Outcome[];
  /** Paths of the published files. */
  published: string[];
  /** 0, 1 if anything failed, 130 if it was interrupted. */
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
    const outcome = await settle(node, inputs, plan, () =>
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
async function settle(node: Node, inputs: Outcome[], plan: Plan, work: () => Promise<Outcome>): Promise<Outcome> {
  const {id} = node;
  const culprit = inputs.find(({status}) => status === "failed" || status === "skipped");
  if (culprit && plan.action === "run") return {id, status: "skipped", message: `needs ${culprit.id}, which failed`};
  if (plan.action === "unavailable") return {id, status: "failed", message: obstacle(plan)};
  try {
    return await work();
  } catch (error) {
    return {id, status: "failed", message: describe(error)};
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
  const status = await slot(async () => {
    pipeline.signal.throwIfAborted();
    if (plan.action === "run" && source) return resolveInWorker(node, fresh, source, pipeline);
    return (await pipeline.resolve(node, {fresh})).source;
  });
  return {id: node.id, status, message};
}

/** What is missing here and what to do, in the same words for all results that it stops. */
function obstacle({blocked}: Plan): string {
  const root = blocked && rootOf(blocked);
  return [root?.reason, root?.hint].filter(Boolean).join("\n  ");
}

/** A bug is shown with its stack, a failure that the reader can mend without. */
const describe = (error: unknown) =>
  error instanceof UserError ? error.message : ((error as Error).stack ?? String(error));

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
  const of = (status: Outcome["status"]) => outcomes.filter((outcome) => outcome.status === status);
  const counts = [
    [of("computed").length, "computed"],
    [of("store").length, "already in the store"],
    [of("published").length, "published earlier"],
    [of("failed").length, "failed"],
    [of("skipped").length, "skipped"]
  ];
  const lines = [
    `${outcomes.length} results: ${counts.flatMap(([n, what]) => (n ? [`${n} ${what}`] : [])).join(", ")}.`,
    ...explained(outcomes),
    ...(published.length > 0 ? [`${published.length} results are in the published folder.`] : []),
    ...(interrupted ? ["Interrupted: the same command continues."] : [])
  ];
  const failed = of("failed").length > 0;
  return {outcomes, published, exitCode: interrupted ? 130 : failed ? 1 : 0, text: lines.join("\n")};
}

/** Outcomes with a message, those of one message together. */
function explained(outcomes: readonly Outcome[]): string[] {
  const groups = new Map<string, string[]>();
  for (const {id, status, message} of outcomes) {
    if (!message) continue;
    const key = JSON.stringify([status, message]);
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return [...groups].map(([key, ids]) => {
    const [status, message] = JSON.parse(key) as [string, string];
    return `  ${status}: ${ids.join(", ")}: ${message}`;
  });
}
