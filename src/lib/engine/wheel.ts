import {createHash} from "node:crypto";
import {createWriteStream} from "node:fs";
import {dirname, join} from "node:path";
import type {Readable} from "node:stream";
import {Transform} from "node:stream";
import {text} from "node:stream/consumers";
import {pipeline} from "node:stream/promises";
import yauzl from "yauzl";
import type {Entry, ZipFile} from "yauzl";
import {UserError} from "../support/errors.js";
import {makeFolder} from "../support/files.js";

/** A Python wheel opened for reading: a zip archive that lists its files' digests in RECORD (PEP 427). */
export interface Wheel {
  /** The text of a file of its `.dist-info` folder, such as METADATA. */
  info(name: string): Promise<string>;
  /** Unpacks the files that `wanted` picks into a folder and verifies each against RECORD. */
  unpack(
    wanted: (path: string) => boolean,
    folder: string,
    onBytes: (done: number, total: number) => void
  ): Promise<void>;
  close(): void;
}

/** A download whose content is not what its publisher recorded. */
export class DamagedWheel extends UserError {
  constructor(path: string, why: string, cause?: unknown) {
    super(`The downloaded file ${path} is damaged: ${why}.`, {hint: "Run the setup again to fetch it anew.", cause});
  }
}

const openZip = (path: string) =>
  new Promise<ZipFile>((resolve, reject) =>
    yauzl.open(path, {lazyEntries: true, autoClose: false}, (error, zip) => (error ? reject(error) : resolve(zip)))
  );

const listEntries = (zip: ZipFile) =>
  new Promise<Entry[]>((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on("entry", (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.on("end", () => resolve(entries)).on("error", reject);
    zip.readEntry();
  });

const readStream = (zip: ZipFile, entry: Entry) =>
  new Promise<Readable>((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)))
  );

/** RECORD's lines are `path,sha256=<base64url digest>,bytes`; paths with a comma are quoted and never wanted here. */
function parseRecord(record: string): Map<string, string> {
  const rows = record.split(/\r?\n/).map((line) => line.split(","));
  return new Map(
    rows
      .filter(([, digest]) => digest?.startsWith("sha256="))
      .map(([path, digest]) => [path, Buffer.from(digest.slice("sha256=".length), "base64url").toString("hex")])
  );
}

/** Opens a wheel. Throws {@link DamagedWheel} when it is none or its content is wrong. */
export async function openWheel(path: string): Promise<Wheel> {
  // Errors of the file system (no space, say) pass; what zlib and the archive's reader complain about is damage.
  const attempt = <T>(work: Promise<T>) =>
    work.catch((error: Error) => {
      throw "syscall" in error ? error : new DamagedWheel(path, error.message, error);
    });
  const zip = await attempt(openZip(path));
  const entries = await attempt(listEntries(zip));

  async function info(name: string): Promise<string> {
    const entry = entries.find(({fileName}) => /^[^/]+\.dist-info\/([^/]+)$/.exec(fileName)?.[1] === name);
    if (!entry) throw new DamagedWheel(path, `it lacks ${name}`);
    return attempt(readStream(zip, entry).then(text));
  }

  async function unpackOne(entry: Entry, folder: string, onChunk: (bytes: number) => void): Promise<string> {
    const target = join(folder, entry.fileName);
    makeFolder(dirname(target));
    const hash = createHash("sha256");
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        onChunk(chunk.length);
        done(null, chunk);
      }
    });
    await attempt(readStream(zip, entry).then((stream) => pipeline(stream, measure, createWriteStream(target))));
    return hash.digest("hex");
  }

  async function unpack(
    wanted: (path: string) => boolean,
    folder: string,
    onBytes: (done: number, total: number) => void
  ) {
    const recorded = parseRecord(await info("RECORD"));
    const chosen = entries.filter(({fileName}) => !fileName.endsWith("/") && wanted(fileName));
    const total = chosen.reduce((sum, {uncompressedSize}) => sum + uncompressedSize, 0);
    if (total === 0) throw new DamagedWheel(path, "it holds nothing of what is needed");
    let done = 0;
    for (const entry of chosen) {
      const digest = await unpackOne(entry, folder, (bytes) => onBytes((done += bytes), total));
      if (digest !== recorded.get(entry.fileName)) {
        throw new DamagedWheel(path, `the SHA-256 of ${entry.fileName} is not the recorded one`);
      }
    }
  }

  return {info, unpack, close: () => zip.close()};
}
