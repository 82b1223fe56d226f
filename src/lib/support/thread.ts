import {fileURLToPath} from "node:url";
import type {WorkerOptions} from "node:worker_threads";
import {Worker} from "node:worker_threads";
import {buildSync} from "esbuild";

const bundles = new Map<string, string>();

/**
 * Starts a TypeScript module in a thread of its own. The module and what it imports are bundled first, once in a
 * process: Node 20 loads no TypeScript in threads, whatever loader the process has, and a bundle starts in a tenth of
 * the time. The module must not use `import.meta`, which a bundle has not.
 * @param module name it as `new URL("./name.ts", import.meta.url)`, by which fingerprints find it
 */
export function startThread(module: URL, options: Pick<WorkerOptions, "name" | "workerData">): Worker {
  const path = fileURLToPath(module);
  const code = bundles.get(path) ?? bundle(path);
  bundles.set(path, code);
  // The process's own options would load its loader of TypeScript.
  return new Worker(code, {...options, eval: true, execArgv: []});
}

/** A TypeScript module as what a process without a loader of TypeScript can `--import`. */
export const asImport = (module: URL): string =>
  `data:text/javascript,${encodeURIComponent(bundle(fileURLToPath(module), "esm"))}`;

function bundle(path: string, format: "cjs" | "esm" = "cjs"): string {
  const {outputFiles} = buildSync({bundle: true, entryPoints: [path], format, platform: "node", write: false});
  return outputFiles[0].text;
}
