import {existsSync, readFileSync, renameSync, rmSync, statSync} from "node:fs";
import {open} from "node:fs/promises";
import {dirname} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {UserError} from "../../support/errors.js";
import {explainWriteError, makeFolder, writeAtomic} from "../../support/files.js";
import type {OnProgress} from "../../support/progress.js";
import type {Stated} from "./checksum.js";
import {findFault} from "./checksum.js";

/** The file is refused if it differs from what is stated of it. */
export interface DownloadOptions extends Stated {
  url: string;
  /** Where the file goes; a `.part` beside it holds what has come so far, also after the process was killed. */
  path: string;
  /** What a person can do by hand if the host cannot be reached: one sentence. */
  byHand?: string;
  onProgress?: OnProgress;
  /** Failures in a row, without a new byte, before giving up. */
  attempts?: number;
  /** Milliseconds before the n-th new attempt, n from 1. */
  pause?: (failures: number) => number;
  /** Milliseconds of silence after which a connection counts as lost. */
  silence?: number;
  /** Ends the download when it is aborted; what has come is kept. */
  signal?: AbortSignal;
}

/** A failure that trying again may cure. */
class Interruption extends Error {
  constructor(
    message: string,
    readonly retryAfter = 0
  ) {
    super(message);
  }
}

/**
 * Downloads a file: continues where an earlier attempt was cut off if the server still has the same file, tries again
 * with growing pauses, verifies size and checksum, and only then gives the file its name. A file that is already there
 * and right is left alone. Throws `UserError` that names the host and what to do by hand.
 */
export async function download(options: DownloadOptions): Promise<void> {
  const {url, path, signal, attempts = 5, pause = (failures) => Math.min(30_000, 1000 * 2 ** (failures - 1))} = options;
  if (existsSync(path) && !(await findFault(path, options))) return;
  makeFolder(dirname(path));
  const part = `${path}.part`;
  let [failures, faults] = [0, 0];
  for (;;) {
    signal?.throwIfAborted();
    const before = sizeOf(part);
    try {
      await transfer(options, part);
      const fault = await findFault(part, options);
      if (!fault) break;
      discard(part);
      if (++faults >= 2)
        throw new UserError(`${url} is not what its publisher states: ${fault}.`, {hint: options.byHand});
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Interruption)) throw error;
      failures = sizeOf(part) > before ? 1 : failures + 1;
      if (failures >= attempts) throw giveUp(options, error.message);
      await sleep(Math.max(error.retryAfter, pause(failures)), undefined, {signal}).catch(() => {});
    }
  }
  renameSync(part, path);
  discard(part);
}

/**
 * Asks for what is missing of the `.part` and appends it. Returns when it is complete, throws `Interruption` if not.
 */
async function transfer(options: DownloadOptions, part: string): Promise<void> {
  const {url, signal, silence = 60_000, onProgress} = options;
  const have = resumableSize(options, part);
  const guard = new AbortController();
  const stop = () => guard.abort();
  signal?.addEventListener("abort", stop);
  let timer = setTimeout(() => guard.abort(), silence);
  try {
    const response = await request(url, rangeHeaders(part, have), guard.signal);
    if (response.status === 416) {
      await response.body?.cancel();
      if (have > 0 && Number(response.headers.get("content-range")?.split("/")[1]) === have) return;
      discard(part);
      throw new Interruption("the server refuses to continue the file");
    }
    await refuseStatus(options, response);
    const start = response.status === 206 ? startOfRange(response) : 0;
    if (start !== 0 && start !== have) {
      discard(part);
      throw new Interruption("the server sent another part of the file than was asked for");
    }
    const length = Number(response.headers.get("content-length") ?? NaN);
    const total = Number.isNaN(length) ? options.size : start + length;
    rememberValidator(part, url, response.headers);
    const done = await append(part, start, response, (done) => {
      clearTimeout(timer);
      timer = setTimeout(() => guard.abort(), silence);
      onProgress?.({done, total: Math.max(done, total ?? done), unit: "bytes"});
    });
    if (total !== undefined && done < total) throw new Interruption(`the connection was cut after ${done} bytes`);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

async function request(url: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, {headers: {"accept-encoding": "identity", ...headers}, signal});
  } catch (error) {
    const {cause, message} = error as Error & {cause?: {code?: string; message?: string}};
    throw new Interruption(signal.aborted ? "it does not answer" : (cause?.code ?? cause?.message ?? message));
  }
}

/** Writes the body after the `start` bytes that are there. Returns the size of the file so far. */
async function append(part: string, start: number, response: Response, onBytes: (done: number) => void) {
  const file = await open(part, start === 0 ? "w" : "a").catch((error) => {
    throw explainWriteError(error, part);
  });
  let done = start;
  try {
    for await (const chunk of arriving(response)) {
      await file.appendFile(chunk).catch((error) => {
        throw explainWriteError(error, part);
      });
      done += chunk.length;
      onBytes(done);
    }
  } finally {
    await file.close();
  }
  return done;
}

async function* arriving(response: Response): AsyncGenerator<Uint8Array> {
  if (!response.body) return;
  try {
    yield* response.body as unknown as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw new Interruption(`the connection was cut (${(error as Error).message})`);
  }
}

async function refuseStatus(options: DownloadOptions, {status, headers, body}: Response): Promise<void> {
  if (status === 200 || status === 206) return;
  await body?.cancel();
  const seconds = Number(headers.get("retry-after"));
  const retryAfter = Number.isFinite(seconds) ? Math.min(60, seconds) * 1000 : 0;
  if (status >= 500 || status === 429 || status === 408) throw new Interruption(`it answers ${status}`, retryAfter);
  throw giveUp(options, `it answers ${status}`);
}

function giveUp({url, path, byHand}: DownloadOptions, reason: string): UserError {
  return new UserError(`Cannot fetch ${url}: ${reason}.`, {
    hint:
      byHand ?? `Check that ${new URL(url).host} can be reached, or put the file at ${path} by hand; then run again.`
  });
}

interface Validator {
  url: string;
  validator?: string;
}

/** Only a strong ETag or a date proves that the rest belongs to the same file. */
function rememberValidator(part: string, url: string, headers: Headers): void {
  const etag = headers.get("etag");
  const validator = etag && !etag.startsWith("W/") ? etag : (headers.get("last-modified") ?? undefined);
  writeAtomic(`${part}.json`, JSON.stringify({url, validator} satisfies Validator));
}

const readValidator = (part: string): Validator | null => {
  try {
    return JSON.parse(readFileSync(`${part}.json`, "utf8")) as Validator;
  } catch {
    return null;
  }
};

/**
 * How much of the `.part` may be kept: none if it is of another address, or nothing could show that it is the same
 * file.
 */
function resumableSize({url, checksum}: DownloadOptions, part: string): number {
  const known = readValidator(part);
  const isSame = known?.url === url && (known.validator !== undefined || checksum !== undefined);
  if (!isSame) discard(part);
  return sizeOf(part);
}

function rangeHeaders(part: string, have: number): Record<string, string> {
  if (have === 0) return {};
  const validator = readValidator(part)?.validator;
  return {range: `bytes=${have}-`, ...(validator && {"if-range": validator})};
}

const startOfRange = ({headers}: Response) =>
  Number(/^bytes (\d+)-/.exec(headers.get("content-range") ?? "")?.[1] ?? NaN);

const sizeOf = (path: string) => statSync(path, {throwIfNoEntry: false})?.size ?? 0;

function discard(part: string): void {
  rmSync(part, {force: true});
  rmSync(`${part}.json`, {force: true});
}
