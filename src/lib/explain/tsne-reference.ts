import {readFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {z} from "zod";
import {UserError} from "../support/errors.js";

const schema = z.object({
  /** The name of an .npy file beside it, and then what it holds. */
  features: z.string(),
  labels: z.array(z.int().min(0)),
  runs: z
    .array(
      z.object({
        by: z.string(),
        seed: z.int(),
        kl_exact: z.number(),
        trustworthiness_10: z.number(),
        knn10_class_purity: z.number(),
        seconds: z.number()
      })
    )
    .default([])
});

/** One embedding, with the field names of the programs that time the same work in Python. */
export type TsneRow = z.infer<typeof schema>["runs"][number];

export interface TsneReference {
  /** Row-major. Shape [rows, columns]. */
  features: Float32Array;
  rows: number;
  labels: number[];
  /** What other implementations reach at perplexity 50; may be empty. */
  runs: TsneRow[];
}

/**
 * Reads a reference: JSON that names its matrix, an .npy file of little-endian float32 beside it.
 * @throws UserError where either cannot be read or is not what it should be
 */
export function readTsneReference(path: string): TsneReference {
  try {
    const {features, labels, runs} = schema.parse(JSON.parse(readFileSync(path, "utf8")));
    const {values, rows} = readNpy(readFileSync(matrixBeside(path, features)));
    if (rows !== labels.length) throw new UserError(`there are ${labels.length} labels for ${rows} rows`);
    return {features: values, rows, labels, runs};
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new UserError(`Cannot read the reference ${path}: ${reason}.`, {cause: error});
  }
}

const matrixBeside = (path: string, features: string) => join(dirname(path), features.split(" ")[0]);

/** The path of the matrix that a readable reference names. */
export const matrixOf = (path: string): string =>
  matrixBeside(path, schema.parse(JSON.parse(readFileSync(path, "utf8"))).features);

/**
 * A two-dimensional float32 array of NumPy's .npy format, version 1, in either order; row-major values.
 * @throws UserError where it is something else or ends too early
 */
export function readNpy(bytes: Buffer): {values: Float32Array; rows: number; columns: number} {
  const start = bytes.length > 10 ? 10 + bytes.readUInt16LE(8) : bytes.length;
  const header = bytes.toString("latin1", 10, start);
  const [, fortran, rows, columns] =
    /'descr': '<f4', 'fortran_order': (True|False), 'shape': \((\d+), (\d+)\)/.exec(header) ?? [];
  if (!fortran) throw new UserError(`Not a float32 matrix: ${header.trim()}`);
  const [n, m] = [Number(rows), Number(columns)];
  if (bytes.length < start + 4 * n * m) throw new UserError(`The matrix of ${n} × ${m} values is cut off`);
  const at = (i: number, j: number) => (fortran === "True" ? j * n + i : i * m + j);
  const values = Float32Array.from({length: n * m}, (_, k) =>
    bytes.readFloatLE(start + 4 * at(Math.floor(k / m), k % m))
  );
  return {values, rows: n, columns: m};
}
