import {existsSync, readdirSync, rmSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {UserError} from "../lib/support/errors.js";
import {writeAtomic} from "../lib/support/files.js";
import {collect, type Params} from "./artifact.js";
import type {Layout} from "./layout.js";
import {dynamicPaths} from "./routes.js";
import {findAttachments, findShims, matchTarget, type Shim} from "./shims.js";

/** A loader's output, as written into Framework's cache. */
export interface LoaderOutput {
  /** Relative to the pages: `data/summary.json`. */
  name: string;
  bytes: number;
  seconds: number;
}

interface Job {
  name: string;
  path: string;
  params: Params;
}

/** One job for a plain shim; for one with parameters, a job for each of its files that is named. */
function jobs({path, target}: Shim, named: string[]): Job[] {
  if (!target.includes("[")) return [{name: target, path, params: {}}];
  return named.flatMap((name) => {
    const params = matchTarget(target, name);
    return params ? [{name, path, params}] : [];
  });
}

/** Deletes the cached outputs of loaders, all but the named ones, so that Framework cannot take a stale one. */
export function dropOutputs(cache: string, keep: ReadonlySet<string> = new Set()): void {
  if (!existsSync(cache)) return;
  for (const entry of readdirSync(cache, {withFileTypes: true, recursive: true})) {
    const name = join(entry.parentPath ?? entry.path, entry.name).slice(cache.length + 1);
    if (entry.isFile() && !name.startsWith("_") && !keep.has(name)) rmSync(join(cache, name));
  }
}

let runs = 0;

async function runJob({name, path, params}: Job, cache: string): Promise<LoaderOutput> {
  const start = performance.now();
  try {
    // The query makes Node evaluate the shim anew; the modules that it imports are evaluated once.
    const bytes = await collect(params, () => import(`${pathToFileURL(path).href}?run=${++runs}`));
    writeAtomic(join(cache, name), bytes);
    return {name, bytes: bytes.length, seconds: (performance.now() - start) / 1000};
  } catch (error) {
    if (error instanceof UserError)
      throw new UserError(`The loader of ${name} failed: ${error.message}`, {cause: error});
    throw new Error(`The loader of ${name} failed: ${(error as Error).message}`, {cause: error});
  }
}

/** Every output that the pages can ask for: what they attach, and what the configuration exports. */
async function allJobs(layout: Layout): Promise<Job[]> {
  const {docs} = layout;
  const routes = await dynamicPaths(layout);
  const attached = findAttachments(docs, routes).map(({name}) => name);
  const named = [...new Set([...attached, ...routes.map((route) => route.slice(1))])];
  return findShims(docs).flatMap((shim) => jobs(shim, named));
}

/**
 * Runs every loader in this process, before Framework's build does: each module is imported once, and a failure comes
 * before anything was deleted. Writes the outputs where Framework looks for them and drops every other cached output,
 * because its build takes whatever it finds there, however old. Throws on the first loader that fails.
 */
export async function runLoaders(
  layout: Layout,
  onOutput: (output: LoaderOutput, index: number, total: number) => void = () => {}
): Promise<LoaderOutput[]> {
  const {cache} = layout;
  const all = await allJobs(layout);
  const outputs: LoaderOutput[] = [];
  for (const job of all) {
    outputs.push(await runJob(job, cache));
    onOutput(outputs.at(-1)!, outputs.length, all.length);
  }
  dropOutputs(cache, new Set(all.map(({name}) => name)));
  return outputs;
}

/**
 * Runs the loaders of some shims in this process, for the preview. One that fails leaves no output: Framework then runs
 * it again by itself and shows the message on the page.
 */
export async function runSomeLoaders(layout: Layout, paths: ReadonlySet<string>): Promise<void> {
  const {cache} = layout;
  for (const job of (await allJobs(layout)).filter(({path}) => paths.has(path))) {
    await runJob(job, cache).catch(() => rmSync(join(cache, job.name), {force: true}));
  }
}
