import {existsSync, readFileSync, renameSync, rmSync, statSync} from "node:fs";
import {open} from "node:fs/promises";
import {dirname, resolve, sep} from "node:path";
import type {Readable} from "node:stream";
import {promisify} from "node:util";
import {crc32} from "node:zlib";
import type {Entry, ZipFile} from "yauzl";
import yauzl from "yauzl";
import {UserError} from "../../support/errors.js";
import {explainWriteError, makeFolder} from "../../support/files.js";
import type {OnProgress} from "../../support/progress.js";

const openZip = promisify<string, yauzl.Options, ZipFile>(yauzl.open);

export interface UnzipOptions {
  archive: string;
  directory: string;
  /** Where in the directory an entry goes, or null to leave it out. */
  place: (name: string) => string | null;
  onProgress?: OnProgress;
}

/**
 * Unpacks a ZIP archive and returns how many of its files are now in place. Each is checked against its size and CRC-32
 * in the archive before it gets its name; files that are already there and right are kept, so that an interrupted
 * run continues. Throws `UserError` for a damaged archive and for a name that leads out of the directory.
 */
export async function unzip({archive, directory, place, onProgress}: UnzipOptions): Promise<number> {
  const damaged = (error: unknown) =>
    error instanceof UserError
      ? error
      : new UserError(`${archive} is damaged: ${(error as Error).message}.`, {
          hint: "Delete it and run again.",
          cause: error
        });
  const zip = await openZip(archive, {lazyEntries: true, autoClose: false}).catch((error) => {
    throw damaged(error);
  });
  try {
    let [visited, placed] = [0, 0];
    for await (const entry of entriesOf(zip)) {
      const target = isPlainFile(entry) ? place(entry.fileName) : null;
      if (target !== null) {
        await unpack(zip, entry, inside(directory, target, entry.fileName));
        placed += 1;
      }
      onProgress?.({done: ++visited, total: zip.entryCount, unit: "files"});
    }
    return placed;
  } catch (error) {
    throw damaged(error);
  } finally {
    zip.close();
  }
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (let i = 0; i < zip.entryCount; ++i) {
    yield await new Promise<Entry>((onEntry, onError) => {
      const settle = (act: () => void) => {
        zip.removeAllListeners("entry");
        zip.removeAllListeners("error");
        act();
      };
      zip.once("entry", (entry: Entry) => settle(() => onEntry(entry)));
      zip.once("error", (error: Error) => settle(() => onError(error)));
      zip.readEntry();
    });
  }
}

/** Folders and symbolic links are never created from an archive. */
function isPlainFile({fileName, externalFileAttributes}: Entry): boolean {
  const isLink = ((externalFileAttributes >>> 16) & 0o170000) === 0o120000;
  return !fileName.endsWith("/") && !isLink;
}

function inside(directory: string, target: string, name: string): string {
  const path = resolve(directory, target);
  if (path.startsWith(resolve(directory) + sep)) return path;
  throw new UserError(`The archive has an entry that leads out of its folder: "${name}".`);
}

const isThere = (path: string, {uncompressedSize, crc32: stated}: Entry) =>
  existsSync(path) && statSync(path).size === uncompressedSize && crc32(readFileSync(path)) === stated;

async function unpack(zip: ZipFile, entry: Entry, path: string): Promise<void> {
  if (isThere(path, entry)) return;
  const temporary = `${path}.${process.pid}.tmp`;
  const explained = (error: unknown): never => {
    throw explainWriteError(error, path);
  };
  makeFolder(dirname(path));
  const stream = await new Promise<Readable>((onStream, onError) =>
    zip.openReadStream(entry, (error, stream) => (error ? onError(error) : onStream(stream)))
  );
  const file = await open(temporary, "w").catch(explained);
  try {
    let crc = 0;
    for await (const chunk of stream) {
      crc = crc32(chunk as Buffer, crc);
      await file.appendFile(chunk as Buffer).catch(explained);
    }
    if (crc !== entry.crc32) throw new Error(`${entry.fileName} does not match its CRC-32`);
    await file.close();
    renameSync(temporary, path);
  } catch (error) {
    await file.close().catch(() => {});
    rmSync(temporary, {force: true});
    throw error;
  }
}
