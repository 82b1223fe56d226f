import {spawn, spawnSync} from "node:child_process";
import {once} from "node:events";
import {existsSync} from "node:fs";
import {dirname, resolve} from "node:path";
import {createInterface} from "node:readline";
import {fileURLToPath} from "node:url";
import {matrixOf, type TsneRow} from "../src/lib/explain/tsne-reference.js";

/** An embedding in the fields of the programs that time the same work in Python; the divergence counts all pairs. */
export type Measure = (by: string, seed: number, seconds: number, coordinates: Float32Array) => TsneRow;

export interface PeerOptions {
  /** Runs the references' own program, with every method of scikit-learn; otherwise openTSNE alone. */
  all: boolean;
  measure: Measure;
  onRow: (row: TsneRow) => void;
  log: (line: string) => void;
}

/**
 * Times scikit-learn and openTSNE, one thread, on a reference: by `peers/tsne.py` in the folder above the reference's,
 * or where that takes hours, openTSNE by a program of our own. `PEERS_PYTHON` names the Python that has them. Says why
 * where there is none, or where a program fails.
 */
export async function runPeers(reference: string, {all, measure, onRow, log}: PeerOptions): Promise<void> {
  const python = process.env.PEERS_PYTHON ?? "python3";
  const program = all
    ? resolve(dirname(reference), "../peers/tsne.py")
    : fileURLToPath(new URL("open-tsne.py", import.meta.url));
  if (!existsSync(program)) return log(`Not measured: there is no ${program}, which times other programs.`);
  const {status, error} = spawnSync(python, ["-c", "import sklearn, openTSNE"], {stdio: "ignore"});
  if (error || status !== 0) {
    return log(`Not measured: ${python} has no scikit-learn and openTSNE. Set PEERS_PYTHON to a Python that has.`);
  }
  if (!all) log("scikit-learn is not measured: on so many points it takes hours.");
  const child = spawn(python, [program, all ? reference : matrixOf(reference)], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {...process.env, OMP_NUM_THREADS: "1"}
  });
  const end = once(child, "close");
  for await (const line of createInterface({input: child.stdout})) {
    const row = all ? parsePeerRow(line) : measured(line, measure);
    if (row) onRow(row);
    else log(line);
  }
  const [code] = (await end) as [number | null];
  if (code !== 0) log(`${program} ended with ${code === null ? "a signal" : `code ${code}`}.`);
}

/** A line of `peers/tsne.py`: a Python dictionary of strings and numbers; undefined for another line. */
export function parsePeerRow(line: string): TsneRow | undefined {
  if (!/^\{'by': /.test(line)) return undefined;
  return JSON.parse(line.replaceAll("'", '"')) as TsneRow;
}

function measured(line: string, measure: Measure): TsneRow {
  const [seconds, coordinates] = JSON.parse(line) as [number, number[]];
  return measure("openTSNE", 0, seconds, Float32Array.from(coordinates));
}
