import {existsSync} from "node:fs";
import {getSystemErrorName} from "node:util";
import cacache from "cacache";
import {explainWriteError} from "../support/files.js";
import {decode, encode, fromPublished, toPublished} from "./codec.js";
import type {Provenance, Value} from "./types.js";

export interface Stored {
  value: Value;
  provenance: Provenance;
}

/** Results by key, each checked against its SHA-512 digest when it is read. */
export interface Store {
  /** The provenance of a stored result; the value is not read. */
  find(key: string): Promise<Provenance | undefined>;
  /** The result, or undefined when there is none; a damaged one is removed, after `onDamage`, and counts as none. */
  read(key: string): Promise<Stored | undefined>;
  /** Stores a result, replacing one of the same key, and returns it as a reader will see it. */
  write(key: string, value: unknown, provenance: Provenance): Promise<Stored>;
}

/** Opens the store in a folder, which need not exist. Several processes may use it at once. */
export function openStore(folder: string, onDamage: (key: string, message: string) => void): Store {
  const find = async (key: string) => {
    const entry = await explained(folder, () => cacache.get.info(folder, key));
    return entry && existsSync(entry.path) ? entry : undefined;
  };
  return {
    find: async (key) => provenanceIn(await find(key)),

    async read(key) {
      const entry = await find(key);
      if (!entry) return undefined;
      try {
        const bytes = await cacache.get.byDigest(folder, entry.integrity, {memoize: false});
        return {value: decode(bytes), provenance: provenanceIn(entry) as Provenance};
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        if (!isDamage(error)) throw error;
        onDamage(key, `The stored result is damaged and is computed again: ${entry.path}`);
        // The content goes too: cacache keeps content that is already there when the same bytes are written again.
        await explained(folder, () => cacache.rm.content(folder, entry.integrity));
        await explained(folder, () => cacache.rm.entry(folder, key));
        return undefined;
      }
    },

    async write(key, value, provenance) {
      const bytes = encode(value);
      await explained(folder, () => cacache.put(folder, key, bytes, {metadata: toPublished(provenance)}));
      return {value: decode(bytes), provenance};
    }
  };
}

const provenanceIn = (entry: {metadata?: Value} | undefined) =>
  entry && (fromPublished(entry.metadata ?? null) as unknown as Provenance);

/** A digest or size that does not fit, or bytes that pass the digest of another format of this store. */
const isDamage = (error: unknown) =>
  ["EINTEGRITY", "EBADSIZE"].includes((error as NodeJS.ErrnoException).code ?? "") ||
  error instanceof TypeError ||
  error instanceof RangeError ||
  error instanceof SyntaxError;

async function explained<T>(folder: string, access: () => Promise<T>): Promise<T> {
  try {
    return await access();
  } catch (error) {
    // cacache reports every failure to move a file into place as EEXIST; the error's number still tells the truth.
    const {errno} = error as NodeJS.ErrnoException;
    if (errno !== undefined) Object.assign(error as Error, {code: getSystemErrorName(errno)});
    throw explainWriteError(error, folder);
  }
}
