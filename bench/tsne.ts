import {pathToFileURL} from "node:url";
import {jointAffinities} from "../src/lib/explain/affinities.js";
import {exactKl} from "../src/lib/explain/divergence.js";
import {knnPurity, trustworthiness} from "../src/lib/explain/map-quality.js";
import {tsne} from "../src/lib/explain/tsne.js";
import type {TsneReference, TsneRow} from "../src/lib/explain/tsne-reference.js";
import {readTsneReference} from "../src/lib/explain/tsne-reference.js";
import {UserError} from "../src/lib/support/errors.js";
import {type Measure, runPeers} from "./tsne-peers.js";

const usage = "Usage: npm run bench -- tsne REFERENCE.json [--json]";

/** Points up to which several seeds, and every peer, take seconds or minutes instead of hours. */
const few = 2000;
const perplexity = 50;

export function measureWith({features, rows, labels}: TsneReference): Measure {
  const affinities = jointAffinities(features, {rows, perplexity});
  return (by, seed, seconds, coordinates) => ({
    by,
    seed,
    kl_exact: exactKl(affinities, coordinates),
    trustworthiness_10: trustworthiness(features, coordinates, {rows, k: 10}),
    knn10_class_purity: knnPurity(coordinates, labels, 10),
    seconds: Number(seconds.toFixed(2))
  });
}

/**
 * Embeds the reference at perplexity 50 from its principal components and, where the points are few, from five random
 * starts.
 */
export function* measureTsne(reference: TsneReference, measure: Measure): Generator<TsneRow> {
  const {features, rows} = reference;
  for (const seed of [null, ...(rows <= few ? [0, 1, 2, 3, 4] : [])]) {
    const begin = performance.now();
    const start = seed === null ? {} : ({init: "random", seed} as const);
    const {coordinates} = tsne(features, {rows, perplexity, ...start});
    const seconds = (performance.now() - begin) / 1000;
    yield measure(`this project, ${seed === null ? "pca" : "random"} start`, seed ?? 0, seconds, coordinates);
  }
}

/**
 * Prints what the reference lists, what is measured here and then, in the same run, what other programs reach: a table,
 * or with `--json` one line for each that was measured. What cannot be measured is said on the standard error.
 */
export async function benchTsne(args: string[]): Promise<void> {
  const path = args.find((arg) => !arg.startsWith("--"));
  if (!path) throw new UserError("Which reference?", {hint: usage});
  const json = args.includes("--json");
  const reference = readTsneReference(path);
  const rows: TsneRow[] = [];
  const keep = (row: TsneRow) => {
    rows.push(row);
    if (json) console.log(JSON.stringify(row));
  };
  const measure = measureWith(reference);
  for (const row of measureTsne(reference, measure)) keep(row);
  await runPeers(path, {all: reference.rows <= few, measure, onRow: keep, log: console.error});
  if (!json) console.table([...reference.runs.map((row) => ({...row, by: `${row.by} (reference)`})), ...rows]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await benchTsne(process.argv.slice(2));
