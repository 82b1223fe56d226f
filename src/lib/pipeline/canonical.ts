import {createHash} from "node:crypto";
import {toPublished} from "./codec.js";
import type {Value} from "./types.js";

/** A hash of texts, told apart by their lengths: 160 bits of SHA-256 in hexadecimal. */
export function hash(...parts: string[]): string {
  const sha = createHash("sha256");
  for (const part of parts) sha.update(`${Buffer.byteLength(part)}:`).update(part);
  return sha.digest("hex").slice(0, 40);
}

/**
 * JSON text that does not depend on the order in which keys were written; typed arrays and special numbers are exact.
 */
export const canonical = (value: unknown) => JSON.stringify(sorted(toPublished(value)));

function sorted(value: Value | undefined): Value | undefined {
  if (Array.isArray(value)) return value.map((item) => sorted(item) as Value);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}

/** The paths at which two values differ, with both sides as text: `["perplexity: 50 -> 30"]`. */
export function differences(before: unknown, after: unknown, path = ""): string[] {
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => differences(before[key], after[key], path ? `${path}.${key}` : key));
  }
  const [from, to] = [before, after].map((side) => (side === undefined ? "absent" : canonical(side)));
  return from === to ? [] : [`${path ? `${path}: ` : ""}${shorten(from)} -> ${shorten(to)}`];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
