import {existsSync, statSync} from "node:fs";

/** What is known of a file without reading it. */
export interface FileState {
  /** The same as long as the content is: size, both times to the nanosecond, and which file it is. */
  state: string;
  /** When anything about the file was last changed, in milliseconds. */
  changed: number;
  /**
   * Whether the state can be relied on later: whoever writes within the same tick of the clock leaves no trace in it.
   */
  settled: boolean;
}

/** Milliseconds; some file systems count time in steps of two seconds. */
const tick = 2000;

/**
 * The state of a file, by which its content is remembered; undefined where it is none. Size and time of modification
 * alone do not tell: both can be given back to a file that was edited or replaced (`touch -r`, `cp -p`, `rsync -a`).
 * The time of the last change of anything cannot. As in git's index, a file that has only just changed is not relied
 * on.
 */
export function stateOf(path: string, now = Date.now()): FileState | undefined {
  const stats = existsSync(path) ? statSync(path, {bigint: true, throwIfNoEntry: false}) : undefined;
  if (!stats?.isFile()) return undefined;
  const {size, mtimeNs, ctimeNs, ino, dev} = stats;
  const changed = Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n);
  return {state: [size, mtimeNs, ctimeNs, ino, dev].join(" "), changed, settled: changed < now - tick};
}
