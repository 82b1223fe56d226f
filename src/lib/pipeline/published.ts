import {readdirSync, readFileSync, statSync} from "node:fs";
import {join, relative} from "node:path";
import {z} from "zod";
import {UserError} from "../support/errors.js";
import {writeAtomic} from "../support/files.js";
import {canonical, hash} from "./canonical.js";
import {fromPublished, toPublished} from "./codec.js";
import {formatJson} from "./format-json.js";
import {pathOfId} from "./id-path.js";
import {identityOf} from "./keys.js";
import type {Stored} from "./store.js";
import type {Node, Provenance, Value} from "./types.js";

const megabyte = 2 ** 20;
/** What version control can bear: of one result, and of all. */
const limits = {file: 2 * megabyte, total: 60 * megabyte};

const texts = z.record(z.string(), z.string());
const schema = z.object({
  digest: z.string("has no digest"),
  provenance: z.object({
    id: z.string(),
    stage: z.string(),
    params: z.json(),
    identity: z.string(),
    key: z.string(),
    inputs: texts,
    digests: texts.optional(),
    external: z.string().optional(),
    revision: z.number().optional(),
    code: z.string(),
    packages: texts,
    node: z.string(),
    backend: z.string().optional(),
    device: z.string().optional(),
    facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    seconds: z.number(),
    date: z.string()
  }),
  value: z.json()
});

/**
 * A published result, and the digest of its value, by which the keys of what is computed from it tell it from an edited
 * one.
 */
export interface PublishedResult extends Stored {
  digest: string;
}

/** Results under version control, one JSON file each. */
export interface Published {
  /**
   * The last published result of a node, of whatever parameters; throws UserError when its file is malformed, when it
   * is not as it was written, or when it answers the node's question by a value of another shape than the stage's.
   */
  find(node: Node): PublishedResult | undefined;
  /** Writes a node's result and returns its path; a file that already says the same is left as it is, byte for byte. */
  write(node: Node, result: Stored): string;
}

/** Opens the folder of published results, which need not exist. */
export function openPublished(folder: string): Published {
  const known = new Map<string, PublishedResult | undefined>();
  const pathOf = (id: string) => join(folder, `${pathOfId(id)}.json`);
  return {
    find(node) {
      const {id} = node;
      if (!known.has(id)) known.set(id, read(pathOf(id)));
      const found = known.get(id);
      if (found?.provenance.identity === identityOf(node)) checkShape(node, found, pathOf(id));
      return found;
    },
    write(node, result) {
      const {id} = node;
      const path = pathOf(id);
      if (saysTheSame(read(path), result)) return path;
      checkShape(node, result, path);
      const sealed = seal(result);
      const text = formatJson({
        digest: sealed.digest,
        provenance: toPublished(result.provenance),
        value: toPublished(result.value)
      });
      checkSize(folder, path, Buffer.byteLength(text), id);
      writeAtomic(path, text);
      known.set(id, {...result, digest: sealed.value});
      return path;
    }
  };
}

/** The digest of a result's value, and that of its file, which covers the provenance too. */
function seal({provenance, value}: Stored): {value: string; digest: string} {
  const ofValue = hash(canonical(value));
  return {value: ofValue, digest: hash(canonical(provenance), ofValue)};
}

function read(path: string): PublishedResult | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw refusal(path, "cannot be read", error);
  }
  try {
    const {digest, provenance, value} = schema.parse(JSON.parse(text));
    const params = fromPublished(provenance.params as Value);
    const result = {provenance: {...provenance, params} as Provenance, value: fromPublished(value as Value)};
    const sealed = seal(result);
    if (sealed.digest !== digest) throw new TypeError("its digest is of other content: it has been edited or damaged");
    return {...result, digest: sealed.value};
  } catch (error) {
    throw refusal(path, "is malformed", error);
  }
}

/** Throws UserError where a value is not what the stage that published it gives. */
function checkShape({shape}: Node, {value}: Stored, path: string): void {
  const {error} = shape?.safeParse(value) ?? {};
  if (error) throw refusal(path, "has a value of another shape than its stage gives", error);
}

const refusal = (path: string, what: string, error: unknown) =>
  new UserError(`The published result ${path} ${what}: ${reason(error)}`, {
    hint: "Restore it from version control, or delete it and publish again: `npm run study -- --publish`.",
    cause: error
  });

function reason(error: unknown): string {
  if (!(error instanceof z.ZodError)) return (error as Error).message;
  const [{path, message}] = error.issues;
  return path.length ? `${path.join(".")}: ${message}` : message;
}

/** Whether publishing again would change no more than date, duration and machine. */
function saysTheSame(old: Stored | undefined, {provenance, value}: Stored): boolean {
  if (!old || old.provenance.key !== provenance.key || old.provenance.code !== provenance.code) return false;
  return canonical(old.value) === canonical(value);
}

function checkSize(folder: string, path: string, size: number, id: string): void {
  if (size > limits.file) {
    throw new UserError(
      `The result of ${id} takes ${inMegabytes(size)}; at most ${inMegabytes(limits.file)} may be published.`,
      {
        hint: "Publish a smaller stage that is computed from it."
      }
    );
  }
  const others = listFiles(folder).filter((file) => file !== path);
  const total = others.reduce((sum, file) => sum + statSync(file).size, size);
  if (total > limits.total) {
    throw new UserError(
      `With ${id}, all published results would take ${inMegabytes(total)}; at most ` +
        `${inMegabytes(limits.total)} may be.`,
      {hint: `Delete those of stages that the study no longer has from ${relative(process.cwd(), folder)}.`}
    );
  }
}

function listFiles(folder: string): string[] {
  try {
    const entries = readdirSync(folder, {recursive: true, withFileTypes: true});
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
    throw error;
  }
}

const inMegabytes = (bytes: number) => `${(bytes / megabyte).toFixed(1)} MB`;
