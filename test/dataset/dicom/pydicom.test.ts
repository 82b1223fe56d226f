import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import test from "node:test";
import {fileURLToPath} from "node:url";
import {Refusal} from "../../../src/lib/dataset/decode/refusal.js";
import {parseDicom} from "../../../src/lib/dataset/dicom/data-set.js";
import {readHeader} from "../../../src/lib/dataset/dicom/header.js";
import {readSamples, refuseSyntax} from "../../../src/lib/dataset/dicom/samples.js";
import {openDicom} from "../../../src/lib/dataset/dicom.js";
import {temporaryFolder} from "../fixtures.js";

/**
 * What pydicom makes of a file: stored values (or colours) and the grey levels that it shows, or why it does not read
 * it.
 */
interface Reference {
  name: string;
  path: string;
  values?: string;
  grey?: string;
  failure?: string;
}

const folder = temporaryFolder();
const script = fileURLToPath(new URL("./reference.py", import.meta.url));
const python = spawnSync("python3", [script, folder], {encoding: "utf8", timeout: 120_000});
const references =
  python.status === 0 ? (JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as Reference[]) : [];
const skip = python.status === 0 ? false : "needs python3 with the packages pydicom and numpy";

const modalities = ["CR", "CT", "DX", "MR", "NM", "OT", "SEG", "US"];

/** Why files that pydicom reads are not read here, by what is said of them. */
const elsewhere: [name: RegExp, reason: RegExp][] = [
  [/rtdose|32bit/, /32 bits a sample, which is not read: 8 to 16 are/],
  [/liver/, /1 bits a sample/],
  // Says that it is explicit and is implicit.
  [/SC_rgb_jpeg\.dcm/, /cut short or damaged/]
];

/** Its colours carry no mark of their kind, which libjpeg takes for another than the file says. */
const untold = /SC_jpeg_no_color_transform\.dcm/;

/** Largest difference that is allowed: lossy JPEG is rounded, and its colours are interpolated, in several ways. */
function tolerance(name: string): number {
  if (/SC_.*jpeg|eb\+c|examples_ybr/.test(name)) return 4;
  return /JPGExtended|palette|ybr_full_422/.test(name) ? 1 : 0;
}

const read = <T>(path: string, as: new (buffer: ArrayBuffer) => T) => new as(new Uint8Array(readFileSync(path)).buffer);

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assert.equal(a.length, b.length);
  let most = 0;
  for (let i = 0; i < a.length; ++i) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
}

async function decodeFile(path: string) {
  const bytes = readFileSync(path);
  const dataSet = await parseDicom(bytes);
  const header = readHeader(dataSet);
  refuseSyntax(header);
  const {values} = await readSamples(dataSet, header);
  const {pixels, channels, notes} = await (await openDicom(bytes, {modalities})).decode();
  return {values: channels === 1 ? values : pixels, pixels, ignoresWindow: notes.some((note) => /window/.test(note))};
}

/** Compares one file; what differs fails. */
async function compare({name, path, values, grey}: Reference): Promise<void> {
  const other = elsewhere.find(([pattern]) => pattern.test(name));
  if (other) {
    await assert.rejects(decodeFile(path), (error: Refusal) => error instanceof Refusal && other[1].test(error.reason));
    return;
  }
  const decoded = await decodeFile(path);
  const scale = /16bit/.test(name) ? 257 : 1;
  const reference = read(values!, Int32Array).map((value) => Math.round(value / scale));
  const worst = largestDifference(decoded.values, reference);
  assert.ok(worst <= tolerance(name), `${name}: values differ by up to ${worst}`);
  if (!grey) return;
  const levels = read(grey, Float32Array);
  const shown = largestDifference(decoded.pixels, levels);
  // A window beside all values shows one level, and is not asked for here.
  const isFlat = levels.every((level) => level === levels[0]);
  assert.equal(decoded.ignoresWindow, isFlat, name);
  assert.ok(isFlat || shown <= (tolerance(name) || 0.6), `${name}: grey levels differ by up to ${shown}`);
}

test("pixels are pydicom's, and shown by the window or table that it applies", {skip}, async (t) => {
  assert.ok(references.length >= 90, `${references.length} files`);
  const known = references.filter(({name, failure}) => failure === undefined && !untold.test(name));
  for (const reference of known) await compare(reference);
  t.diagnostic(
    `${known.length} of ${references.length} files; pydicom reads the others only with further packages, if at all`
  );
});
