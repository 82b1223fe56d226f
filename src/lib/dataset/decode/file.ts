import type {Stats} from "node:fs";
import {readFile, stat} from "node:fs/promises";
import {createBudget} from "./budget.js";
import {UnreadableImage} from "./refusal.js";

/** Bytes of files that are held at a time. A radiograph's is a few to 40 MB. */
const files = createBudget(256 * 2 ** 20);

/**
 * Reads an image's file and hands its bytes on, which count as held until the work is done. Throws `UnreadableImage`.
 */
export async function withImage<T>(path: string, work: (bytes: Buffer) => Promise<T>): Promise<T> {
  const size = await imageSize(path);
  if (size > files.limit) throw new UnreadableImage(path, `too large a file (${megabytes(size)})`);
  return files.hold(size, async () => work(await opened(path, () => readFile(path))));
}

/**
 * Bytes of an image's file. Throws `UnreadableImage` if there is none, nothing in it, or something else in its place.
 */
export async function imageSize(path: string): Promise<number> {
  const stats = await opened(path, () => stat(path));
  if (!stats.isFile()) throw new UnreadableImage(path, `${kindOf(stats)}, not a file`);
  if (stats.size === 0) throw new UnreadableImage(path, "empty (0 bytes)");
  return stats.size;
}

/** "1,234 MB". */
export const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6).toLocaleString("en")} MB`;

/** Opens a file in some way; why it cannot be opened is thrown as an `UnreadableImage`. */
export async function opened<T>(path: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    throw new UnreadableImage(path, reasons[code ?? ""] ?? `cannot be opened (${code})`, error);
  }
}

const reasons: Record<string, string> = {
  ENOENT: "missing",
  ELOOP: "a link that leads in a circle",
  EACCES: "cannot be opened: its permissions forbid it"
};

/** Reading what is none of these ends. */
function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a pipe";
  return stats.isSocket() ? "a socket" : "a device";
}
