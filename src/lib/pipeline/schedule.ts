import {setImmediate as nextTurn} from "node:timers/promises";
import {UserError} from "../support/errors.js";
import {identityOf} from "./keys.js";
import type {Node} from "./types.js";

/** All nodes of a study, inputs before those that need them, each once. */
export function collect(nodes: readonly Node[]): Node[] {
  const found = new Map<string, Node>();
  const visit = (node: Node) => {
    const known = found.get(node.id);
    if (known && identityOf(known) !== identityOf(node)) {
      throw new Error(`Two different nodes have the id ${node.id}: make the stage's id tell them apart.`);
    }
    if (known) return;
    Object.values(node.inputs).forEach(visit);
    found.set(node.id, node);
  };
  nodes.forEach(visit);
  return [...found.values()];
}

/** The nodes whose stage or whose id begins with one of the names, of whole path segments: "training/mobilenetv2". */
export function select(nodes: readonly Node[], names: readonly string[]): Node[] {
  const matches = (node: Node, name: string) => `${node.id}/`.startsWith(`${name.replace(/\/$/, "")}/`);
  const unknown = names.find((name) => !nodes.some((node) => matches(node, name)));
  if (unknown !== undefined) {
    const stages = [...new Set(nodes.map(({stage}) => stage))];
    throw new UserError(`The study has no stage or result called ${JSON.stringify(unknown)}.`, {
      hint: `Its stages are ${stages.join(", ")}; a result is called like ${nodes.at(-1)?.id}.`
    });
  }
  return nodes.filter((node) => names.some((name) => matches(node, name)));
}

/**
 * Works on nodes given in topological order, `jobs` at a time; a node starts when its inputs among them are finished,
 * and of those that could start the earliest in the list does. `work` gets the outcomes of these inputs.
 */
export async function runInOrder<T>(
  nodes: readonly Node[],
  jobs: number,
  work: (node: Node, inputs: T[], slot: Slot) => Promise<T>
): Promise<T[]> {
  const slot = createSlots(jobs);
  const outcomes = new Map<string, Promise<T>>();
  nodes.forEach((node, i) => {
    const inputs = Object.values(node.inputs).map(({id}) => outcomes.get(id));
    const run = async () => work(node, await Promise.all(inputs.filter((input) => input !== undefined)), slot(i));
    outcomes.set(node.id, run());
  });
  return Promise.all(outcomes.values());
}

/** Runs something as soon as one of the slots is free. */
export type Slot = <R>(task: () => Promise<R>) => Promise<R>;

function createSlots(count: number): (priority: number) => Slot {
  const waiting: {priority: number; start: () => void}[] = [];
  let free = count;
  const startNext = () => {
    waiting.sort((a, b) => a.priority - b.priority);
    for (; free > 0 && waiting.length > 0; --free) waiting.shift()?.start();
  };
  return (priority) => async (task) => {
    await new Promise<void>((start) => {
      waiting.push({priority, start});
      startNext();
    });
    try {
      return await task();
    } finally {
      ++free;
      void nextTurn().then(startNext); // after the nodes that only waited for this one have queued
    }
  };
}
