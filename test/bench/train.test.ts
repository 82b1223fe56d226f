import assert from "node:assert/strict";
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, mock, test} from "node:test";
import type {Speed} from "../../bench/train.js";
import {benchTrain, formatSpeeds, medians} from "../../bench/train.js";
import type {Run} from "../../src/lib/engine/run-command.js";

const speed = (peer: Speed["peer"], what: Speed["what"], images_per_second: number, peak_rss_mb = 100): Speed => ({
  peer,
  what,
  images_per_second,
  peak_rss_mb,
  model: "mobilenetv2_0.35",
  size: 32,
  batch: 2
});

/** What a contender's process prints: its name is among the arguments of its command. */
const answering =
  (answers: Record<string, string>): Run =>
  async (_, args) => {
    if (args.includes("-c")) return {code: args.join().includes("keras") ? 1 : 0, stdout: "", stderr: ""};
    const peer = Object.keys(answers).find((peer) => args.some((arg) => arg === peer || arg.includes(`"${peer}"`)))!;
    return {code: answers[peer].startsWith("{") ? 0 : 1, stdout: answers[peer], stderr: answers[peer]};
  };

const line = (peer: Speed["peer"], images: number) => JSON.stringify(speed(peer, "train", images));
const options = {model: "mobilenetv2_0.35", size: 32, batch: 2, repeats: 2, json: true};
const {REFERENCE_DIR} = process.env;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bench-"));
  mkdirSync(join(folder, "peers"));
  writeFileSync(join(folder, "peers", "train.py"), "");
  process.env.REFERENCE_DIR = folder;
});
afterEach(() => {
  mock.restoreAll();
  rmSync(folder, {recursive: true});
  if (REFERENCE_DIR === undefined) delete process.env.REFERENCE_DIR;
  else process.env.REFERENCE_DIR = REFERENCE_DIR;
});

/** What is printed to standard output and to standard error. */
async function printed(run: Run): Promise<[string, string]> {
  const [log, error] = (["log", "error"] as const).map((name) => mock.method(console, name, () => {}));
  await benchTrain(options, run);
  return [log, error].map(({mock}) => mock.calls.map((call) => call.arguments.join()).join("\n")) as [string, string];
}

test("of several turns the median speed counts, and the most memory", () => {
  const turns = [speed("tfjs", "train", 1, 7), speed("tfjs", "train", 30, 9), speed("tfjs", "train", 4, 8)];
  assert.deepEqual(medians(turns), [speed("tfjs", "train", 4, 9)]);
});

test("the table compares with the fastest other framework at the same work", () => {
  const speeds = [speed("tfjs", "forward", 50), speed("torch", "forward", 20), speed("keras", "forward", 25)];
  assert.deepEqual(formatSpeeds([...speeds, speed("tfjs", "train", 12.34)]).split("\n"), [
    "peer        what      images/s     ratio   peak MB",
    "tfjs        forward       50.0      2.00       100",
    "torch       forward       20.0      0.80       100",
    "keras       forward       25.0      1.00       100",
    "tfjs        train         12.3                 100"
  ]);
});

test("a framework that is not installed, or has no such network, is named and left out", async () => {
  const answers = {tfjs: line("tfjs", 3), "tfjs-eager": line("tfjs-eager", 1), torch: "torch: only densenet121"};
  const [lines, notes] = await printed(answering(answers));
  assert.deepEqual(
    lines.split("\n").map((line) => JSON.parse(line) as Speed),
    [speed("tfjs", "train", 3), speed("tfjs-eager", "train", 1)]
  );
  assert.match(notes, /keras is not measured: pip install tensorflow-cpu==\S+ for python3/);
  assert.equal(notes.match(/torch is not measured: torch: only densenet121/g)?.length, 1, "once, not every turn");
});

test("without the references, the folder to set is named", async () => {
  delete process.env.REFERENCE_DIR;
  const [, notes] = await printed(answering({tfjs: line("tfjs", 3), "tfjs-eager": line("tfjs-eager", 1)}));
  assert.match(notes, /torch is not measured: set REFERENCE_DIR/);
});

test("what fails here is an error that says why", async () => {
  const run = answering({tfjs: "out of memory", "tfjs-eager": line("tfjs-eager", 1), torch: line("torch", 2)});
  await assert.rejects(printed(run), /process of tfjs ended with code 1:\nout of memory/);
});
