import {createHash} from "node:crypto";
import {createReadStream, statSync} from "node:fs";

/** A checksum as a publisher states it. "git-blob" is the name that Git gives a file's content. */
export interface Checksum {
  algorithm: "sha256" | "sha1" | "md5" | "git-blob";
  value: string;
}

/** Hexadecimal checksum of a file, read as a stream. */
export async function checksumOf(path: string, algorithm: Checksum["algorithm"]): Promise<string> {
  const hash = createHash(algorithm === "git-blob" ? "sha1" : algorithm);
  if (algorithm === "git-blob") hash.update(`blob ${statSync(path).size}\0`);
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** What is wrong with a file against what its publisher states, or null; of several checksums one must be right. */
export async function findFault(path: string, {size, checksum = []}: Stated): Promise<string | null> {
  const actual = statSync(path).size;
  if (size !== undefined && actual !== size) return `it has ${actual} bytes, not ${size}`;
  const faults: string[] = [];
  for (const {algorithm, value} of [checksum].flat() as Checksum[]) {
    const found = await checksumOf(path, algorithm);
    if (found === value) return null;
    faults.push(`its ${algorithm} is ${found}, not ${value}`);
  }
  return faults.join("; ") || null;
}

/** What a publisher states of a file. */
export interface Stated {
  size?: number;
  checksum?: Checksum | readonly Checksum[];
}
