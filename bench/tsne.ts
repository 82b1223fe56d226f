import {readFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {pathToFileURL} from "node:url";
import {knnPurity, trustworthiness} from "../src/lib/explain/map-quality.js";
import {tsne} from "../src/lib/explain/tsne.js";
import type {TsneOptions} from "../src/lib/explain/tsne.js";
import {UserError} from "../src/lib/support/errors.js";

const usage = "Usage: node --import tsx bench/tsne.ts REFERENCE.json [--json]";

/** One embedding, with the field names of the programs that time the same work in Python. */
export interface TsneRow {
  by: string;
  seed: number;
  kl_exact: number;
  trustworthiness_10: number;
  knn10_class_purity: number;
  seconds: number;
}

export interface TsneReference {
  /** Row-major. Shape [rows, columns]. */
  features: Float32Array;
  rows: number;
  labels: number[];
  /** What other implementations reach. */
  runs: TsneRow[];
}

/** Reads a reference: JSON that names its matrix, an .npy file of little-endian float32 beside it. */
export function readReference(path: string): TsneReference {
  const {features, labels, runs} = JSON.parse(readFileSync(path, "utf8"));
  const {values, rows} = readNpy(readFileSync(join(dirname(path), features.split(" ")[0])));
  return {features: values, rows, labels, runs};
}

/** A two-dimensional float32 array of NumPy's .npy format, version 1, in either order; row-major values. */
export function readNpy(bytes: Buffer): {values: Float32Array; rows: number; columns: number} {
  const start = 10 + bytes.readUInt16LE(8);
  const header = bytes.toString("latin1", 10, start);
  const [, fortran, rows, columns] =
    /'descr': '<f4', 'fortran_order': (True|False), 'shape': \((\d+), (\d+)\)/.exec(header) ?? [];
  if (!fortran) throw new UserError(`Not a float32 matrix: ${header.trim()}`);
  const [n, m] = [Number(rows), Number(columns)];
  const at = (i: number, j: number) => (fortran === "True" ? j * n + i : i * m + j);
  const values = Float32Array.from({length: n * m}, (_, k) =>
    bytes.readFloatLE(start + 4 * at(Math.floor(k / m), k % m))
  );
  return {values, rows: n, columns: m};
}

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
  const reference = readReference(path);
  if (args.includes("--json")) for (const row of measureTsne(reference)) console.log(JSON.stringify(row));
  else console.table([...reference.runs, ...measureTsne(reference)]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) benchTsne(process.argv.slice(2));
