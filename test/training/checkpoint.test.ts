import assert from "node:assert/strict";
import {mkdtempSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {Checkpoints} from "../../src/lib/training/checkpoint.js";

const folder = () => mkdtempSync(join(tmpdir(), "checkpoints-"));
const state = (epoch: number) => ({epoch, weights: {kernel: new Float32Array([epoch, NaN, -0])}});

test("the latest state comes back bit for bit and the last two are kept", () => {
  const root = folder();
  const checkpoints = new Checkpoints(root, () => {});
  for (const epoch of [1, 2, 10]) checkpoints.save(epoch, state(epoch));
  assert.deepEqual(readdirSync(root).sort(), ["checkpoint-10.bin", "checkpoint-2.bin"]);
  assert.deepEqual(checkpoints.latest(), state(10));
});

test("a damaged checkpoint is named and the one before it used", () => {
  const root = folder();
  const messages: string[] = [];
  const checkpoints = new Checkpoints(root, (message) => messages.push(message));
  checkpoints.save(1, state(1));
  checkpoints.save(2, state(2));
  const path = join(root, "checkpoint-2.bin");
  const bytes = readFileSync(path);
  bytes[bytes.length - 1] ^= 1;
  writeFileSync(path, bytes);
  assert.deepEqual(checkpoints.latest(), state(1));
  assert.match(messages[0], /checkpoint-2\.bin is damaged/);
});

test("a truncated checkpoint alone leaves nothing to resume from", () => {
  const root = folder();
  const checkpoints = new Checkpoints(root, () => {});
  checkpoints.save(1, state(1));
  const path = join(root, "checkpoint-1.bin");
  writeFileSync(path, readFileSync(path).subarray(0, 10));
  assert.equal(checkpoints.latest(), undefined);
});

test("an empty or absent folder has no checkpoint", () => {
  assert.equal(new Checkpoints(join(folder(), "absent"), () => {}).latest(), undefined);
});
