import {pathToFileURL} from "node:url";
import {knnPurity, trustworthiness} from "../src/lib/explain/map-quality.js";
import {tsne} from "../src/lib/explain/tsne.js";
import type {TsneOptions} from "../src/lib/explain/tsne.js";
import type {TsneReference, TsneRow} from "../src/lib/explain/tsne-reference.js";
import {readTsneReference} from "../src/lib/explain/tsne-reference.js";
import {UserError} from "../src/lib/support/errors.js";

const usage = "Usage: node --import tsx bench/tsne.ts REFERENCE.json [--json]";

/** Embeds the reference at perplexity 50, once from its principal components and three times at random. */
export function* measureTsne({features, rows, labels}: TsneReference): Generator<TsneRow> {
  const starts: Partial<TsneOptions>[] = [{}, ...[0, 1, 2].map((seed) => ({init: "random" as const, seed}))];
  for (const {init = "pca", seed = 0} of starts) {
    const begin = performance.now();
    const {coordinates, kl} = tsne(features, {rows, perplexity: 50, init, seed});
    const seconds = Number(((performance.now() - begin) / 1000).toFixed(2));
    yield {
      by: `this project, ${init} start`,
      seed,
      kl_exact: kl,
      trustworthiness_10: trustworthiness(features, coordinates, {rows, k: 10}),
      knn10_class_purity: knnPurity(coordinates, labels, 10),
      seconds
    };
  }
}

/** Prints what the reference lists and what is measured here: a table, or with `--json` one line per measured row. */
export function benchTsne(args: string[]): void {
  const path = args.find((arg) => !arg.startsWith("--"));
  if (!path) throw new UserError("Which reference?", {hint: usage});
  const reference = readTsneReference(path);
  if (args.includes("--json")) for (const row of measureTsne(reference)) console.log(JSON.stringify(row));
  else console.table([...reference.runs, ...measureTsne(reference)]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) benchTsne(process.argv.slice(2));
