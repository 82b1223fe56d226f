import {closeSync, existsSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync} from "node:fs";
import {hostname} from "node:os";
import {dirname} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {explainWriteError, makeFolder} from "../support/files.js";

interface Owner {
  host: string;
  pid: number;
  /** When the process started, in the kernel's ticks: a number given to another process later does not fool us. */
  started: string;
}

const held = new Set<string>();
const beat = 60_000;
const abandoned = 15 * beat;

/**
 * Runs `work` while holding a lock file, so that no other process does the same work at once. A lock whose owner is
 * dead is taken over at once; one from another machine, whose processes cannot be seen, after 15 minutes without a
 * sign of life. (Locks that go stale by a timer alone do not suit: training blocks the event loop for minutes.)
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  {signal, onWait}: {signal?: AbortSignal; onWait?: (message: string) => void} = {}
): Promise<T> {
  for (let pause = 20, told = false; !acquire(path); pause = Math.min(2 * pause, 500)) {
    // A lock that has just been found stale and removed is not waited for.
    if (!told && existsSync(path)) {
      onWait?.(`waiting for process ${readOwner(path)?.pid ?? "?"}, which computes the same (${path})`);
      told = true;
    }
    await sleep(pause, undefined, {signal}).catch((error: unknown) => {
      throw signal?.aborted ? signal.reason : error;
    });
  }
  const heartbeat = setInterval(() => touch(path), beat).unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    held.delete(path);
    rmSync(path, {force: true});
  }
}

function acquire(path: string): boolean {
  if (create(path)) {
    held.add(path);
    return true;
  }
  // Only one process at a time may judge and remove a lock, or it could remove the lock of the process that was faster.
  const judge = `${path}.judge`;
  if (age(judge) > 5000) rmSync(judge, {force: true});
  if (!isStale(path) || !create(judge)) return false;
  try {
    if (isStale(path)) rmSync(path, {force: true});
  } finally {
    rmSync(judge, {force: true});
  }
  return false;
}

/** Creates the lock; false when it exists. */
function create(path: string): boolean {
  try {
    makeFolder(dirname(path));
    const file = openSync(path, "wx");
    try {
      writeSync(file, JSON.stringify({host: hostname(), pid: process.pid, started: startOf(process.pid)}));
    } catch (error) {
      rmSync(path, {force: true});
      throw error;
    } finally {
      closeSync(file);
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw explainWriteError(error, path);
  }
}

function isStale(path: string): boolean {
  const owner = readOwner(path);
  if (!owner) return age(path) > 5000; // killed between creating the file and writing to it
  if (owner.host !== hostname()) return age(path) > abandoned;
  if (owner.pid === process.pid && owner.started === startOf(process.pid)) return !held.has(path);
  return !isAlive(owner.pid) || owner.started !== startOf(owner.pid);
}

function readOwner(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Owner;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Field 22 of /proc/PID/stat, "dead" for a process that only waits to be reaped; empty where there is no such file. */
function startOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...fields] = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return state === "Z" ? "dead" : fields[18];
  } catch {
    return "";
  }
}

/** Milliseconds since a file was last written, -1 when there is none. */
function age(path: string): number {
  const stats = statSync(path, {throwIfNoEntry: false});
  return stats?.isFile() ? Math.max(0, Date.now() - stats.mtimeMs) : -1;
}

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Removed by hand: the work goes on, and whoever takes the lock now does it twice.
  }
}
