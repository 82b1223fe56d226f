import type {ChildProcess} from "node:child_process";

/** What asks a program to end: Ctrl-C, `kill`, a terminal that is closed. */
export const endings = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
export type Ending = (typeof endings)[number];

const listeners = new Set<(signal: Ending) => unknown>();
const children = new Set<ChildProcess>();
let endables = 0;
let asked: Ending | undefined;

/** What has asked the process to end, if anything has: what fails from then on is no news. */
export const askedToEnd = () => asked;

const isListening = () => listeners.size > 0 && endables === 0;

/**
 * Where nobody listens, the kernel ends the process at once, also one that is busy: nothing half-written is ever read.
 */
function update(): void {
  const wanted = isListening() || children.size > 0;
  for (const signal of endings) {
    process.off(signal, dispatch);
    if (wanted) process.on(signal, dispatch);
  }
}

function dispatch(signal: Ending): void {
  asked = signal;
  if (isListening()) return listeners.forEach((listener) => listener(signal));
  endAll();
  children.clear();
  update();
  process.kill(process.pid, signal);
}

/** Ends the process as if the terminal had been closed, but without a word: nobody reads what it says. */
export function endQuietly(): void {
  if (isListening()) dispatch("SIGHUP");
  else process.exit(0);
}

/** Has a function called when the process is asked to end, instead of ending it; returns what undoes that. */
export function onEnding(listener: (signal: Ending) => unknown): () => void {
  listeners.add(listener);
  update();
  return () => {
    listeners.delete(listener);
    update();
  };
}

/**
 * Runs work during which the process ends at once when it is asked to, whoever listens, until the work calls `listen`.
 */
export async function endable<T>(work: (listen: () => void) => T | Promise<T>): Promise<T> {
  let change = 1;
  const listen = () => {
    endables -= change;
    change = 0;
    update();
  };
  ++endables;
  update();
  try {
    return await work(listen);
  } finally {
    listen();
  }
}

/** Ends a child, the leader of a process group, and all that it has started when this process ends. */
export function endWith(child: ChildProcess): void {
  if (children.size === 0) process.on("exit", endAll);
  children.add(child);
  update();
  child.once("close", () => {
    children.delete(child);
    if (children.size === 0) process.off("exit", endAll);
    update();
  });
}

const endAll = () => children.forEach((child) => endGroup(child));

/** Ends a process, the leader of a group, and all that it has started. */
export function endGroup({pid}: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
