import assert from "node:assert/strict";
import {mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {readSafetensors} from "../../src/lib/models/weights/safetensors.js";

const folder = mkdtempSync(join(tmpdir(), "weights-"));
process.env.CACHE_DIR = join(folder, "cache");
const {weightsCommand} = await import("../../src/commands/weights.js");

const run = "mobilenetv2-0.35-imagenet-1";

test("weights are written over nothing that is there, unless that is asked for, and never over what is no file", async () => {
  const path = join(folder, "a.safetensors");
  writeFileSync(path, "mine");
  await assert.rejects(weightsCommand(["export", run, path]), {
    name: "UserError",
    message: /is there already.*--force/s
  });
  assert.equal(readFileSync(path, "utf8"), "mine");
  for (const other of [folder, "/dev/null"]) {
    await assert.rejects(weightsCommand(["export", run, other], {force: true}), {
      name: "UserError",
      message: /is no file/
    });
  }
  assert.equal(await weightsCommand(["export", run, path], {force: true, float16: true}), 0);
  assert.equal(readSafetensors(path).metadata.run, run);
});

test("a place where nothing can be written is told in a sentence", async () => {
  const inTheWay = join(folder, "file");
  writeFileSync(inTheWay, "");
  await assert.rejects(weightsCommand(["export", run, join(inTheWay, "a.safetensors")]), {
    name: "UserError",
    message: /Cannot write .*in the way/s
  });
});
