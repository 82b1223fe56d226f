import {readdirSync, readFileSync, statSync} from "node:fs";
import {join, relative} from "node:path";
import {z} from "zod";
import {UserError} from "../support/errors.js";
import {writeAtomic} from "../support/files.js";
import {canonical} from "./canonical.js";
import {fromPublished, toPublished} from "./codec.js";
import {formatJson} from "./format-json.js";
import type {Stored} from "./store.js";
import type {Node, Provenance, Value} from "./types.js";

const megabyte = 2 ** 20;
/** What version control can bear: of one result, and of all. */
const limits = {file: 2 * megabyte, total: 60 * megabyte};

const texts = z.record(z.string(), z.string());
const schema = z.object({
  provenance: z.object({
    id: z.string(),
    stage: z.string(),
    params: z.json(),
    identity: z.string(),
    key: z.string(),
    inputs: texts,
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

/** Results under version control, one JSON file each. */
export interface Published {
  /** The last published result of a node, of whatever parameters; throws UserError when its file is malformed. */
  find(node: Node): Stored | undefined;
  /** Writes a result and returns its path; a file that already says the same is left as it is, byte for byte. */
  write(result: Stored): string;
}

/** Opens the folder of published results, which need not exist. */
export function openPublished(folder: string): Published {
  const known = new Map<string, Stored | undefined>();
  return {
    find({id}) {
      if (!known.has(id)) known.set(id, read(pathOf(folder, id)));
      return known.get(id);
    },
    write(result) {
      const {id} = result.provenance;
      const path = pathOf(folder, id);
      if (saysTheSame(read(path), result)) return path;
      const text = formatJson({provenance: toPublished(result.provenance), value: toPublished(result.value)});
      checkSize(folder, path, Buffer.byteLength(text), id);
      writeAtomic(path, text);
      known.set(id, result);
      return path;
    }
  };
}

/** `training/mobilenetv2/1` lies in `training/mobilenetv2-1.json`. */
function pathOf(folder: string, id: string): string {
  const [stage, ...rest] = id.split("/");
  return join(folder, stage, `${rest.join("-") || stage}.json`);
}

function read(path: string): Stored | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
  try {
    const {provenance, value} = schema.parse(JSON.parse(text));
    const params = fromPublished(provenance.params as Value);
    return {provenance: {...provenance, params} as Provenance, value: fromPublished(value as Value)};
  } catch (error) {
    throw new UserError(`The published result ${path} is malformed: ${reason(error)}`, {
      hint: "Restore it from version control, or delete it and publish again: `npm run study -- --publish`.",
      cause: error
    });
  }
}

function reason(error: unknown): string {
  if (!(error instanceof z.ZodError)) return (error as Error).message;
  const [{path, message}] = error.issues;
  return `${path.join(".")}: ${message}`;
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
      `With ${id}, all published results would take ${inMegabytes(total)}; at most ${inMegabytes(limits.total)} may be.`,
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
