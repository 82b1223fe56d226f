import {basename, join, resolve as resolvePath} from "node:path";
import type {Initialisation} from "../../lib/models/initialisation.js";
import {architecture} from "../../lib/models/registry.js";
import {resolve} from "../../lib/pipeline/index.js";
import {rootOf, Unavailable} from "../../lib/pipeline/keys.js";
import type {Node, Result} from "../../lib/pipeline/types.js";
import type {Run, Study} from "../../lib/study/schema.js";
import {root} from "../../lib/support/paths.js";
import {study} from "../../study.js";
import {percent, round} from "./rounding.js";
import {startNames} from "./start-names.js";
import type {Source} from "./source.js";

const wordsFor = (initialisation: Initialisation) =>
  typeof initialisation === "string" ? startNames[initialisation] : `ImageNet up to ${initialisation.imagenetUpTo}`;

/** What a run's body starts from, in words. */
export const startOf = ({initialisation}: Run) => wordsFor(initialisation);

/** What the title of a procedure begins with: "original", "two cores". */
export const budgetOf = (procedure: string) =>
  study.procedures[procedure].title.replace(/:.*/, "").replace(/^./, (first) => first.toLowerCase());

/**
 * A run in words: its network, its start, and what else tells it from others of these within its budget; a GPU's is
 * named.
 */
export function titleOf({model, initialisation, fraction, procedure, seed}: Run): string {
  const words = wordsFor(initialisation);
  const gpu = (name: string) => study.procedures[name].needsGpu;
  const alike = study.runs.filter(
    (run) => run.model === model && wordsFor(run.initialisation) === words && gpu(run.procedure) === gpu(procedure)
  );
  const differ = (name: "procedure" | "seed") => new Set(alike.map((run) => run[name])).size > 1;
  return [
    architecture(model).title,
    words,
    ...(fraction < 1 ? [`${percent(fraction)} of the images`] : []),
    ...(gpu(procedure) || differ("procedure") ? [budgetOf(procedure)] : []),
    ...(differ("seed") ? [`seed ${seed}`] : [])
  ].join(", ");
}

/** Where a figure's numbers come from. */
export function sourceOf({provenance, source, drift}: Omit<Result<unknown>, "value">): Source {
  const {id, key, code, date, seconds, backend, device} = provenance;
  return {id, source, key, code, date, seconds: round(seconds), backend, device, drifted: Boolean(drift)};
}

/** The result of a node, or why there is none here. Anything but missing data, weights or machines is thrown on. */
export async function attempt<T>(node: Node<T>): Promise<Result<T> | {missing: string}> {
  try {
    return await resolve(node);
  } catch (error) {
    const {cause} = error as Error;
    if (!(cause instanceof Unavailable)) throw error;
    const {reason, hint} = rootOf(cause);
    return {missing: withoutFolders([reason, hint].filter(Boolean).join("\n  "))};
  }
}

/** The value of a node and where it comes from; nothing where there is none here. */
export async function optional<T>(node: Node<T>): Promise<{value: T; source: Source} | undefined> {
  const result = await attempt(node);
  return "missing" in result ? undefined : {value: result.value, source: sourceOf(result)};
}

/** A folder of images of one's own, as it was given and as it is found. */
const ownFolder = ({dataset}: Pick<Study, "dataset">) =>
  dataset.name === "folder"
    ? [resolvePath(dataset.path), dataset.path].map((folder) => ({name: basename(folder), folder}))
    : [];

/** A text for a page: without this machine's folders, which are named by their variables, and one's own by its name. */
export const withoutFolders = (text: string) =>
  ["COVIDX_DIR", "EXTERNAL_DIR", "WEIGHTS_DIR", "CACHE_DIR"]
    .flatMap((name) => (process.env[name] ? {name, folder: resolvePath(root, process.env[name])} : []))
    .concat(ownFolder(study))
    .reduce((text, {name, folder}) => text.replaceAll(folder, name), text)
    .replaceAll(join(root, "/"), "");

/** Applies `convert` to each of some things whose node has a result. */
export async function each<I, T, U>(
  items: readonly I[],
  node: (item: I) => Node<T>,
  convert: (result: Result<T>, item: I) => U | Promise<U>
): Promise<U[]> {
  const converted: U[] = [];
  for (const item of items) {
    const result = await attempt(node(item));
    if ("value" in result) converted.push(await convert(result, item));
  }
  return converted;
}

/** The same of every run, of all or of some; runs without a result are reported by the study's own artifact. */
export const eachRun = <T, U>(
  node: (run: Run) => Node<T>,
  convert: (result: Result<T>, run: Run) => U | Promise<U>,
  runs: readonly Run[] = study.runs
): Promise<U[]> => each(runs, node, convert);
