import assert from "node:assert/strict";
import {test} from "node:test";
import {bench} from "../../bench/index.js";
import {formatModels, measureModels} from "../../bench/models.js";
import type {ModelRow} from "../../bench/models.js";

const measured = {imagesPerSecond: 12.34, peakMemory: 1.5e9, backend: "tensorflow", device: "CPU"};
const row: ModelRow = {
  model: "net",
  size: 128,
  batch: 16,
  parameters: 8_010_116,
  macs: 926e6,
  forward: measured,
  train: {failed: "killed by SIGKILL"}
};

test("the table has a line for every network, and says below it what failed", () => {
  assert.deepEqual(formatModels([row]).split("\n"), [
    "model  size  parameters (M)  MACs (G)  forward img/s  forward GB  train img/s  train GB",
    "net     128            8.01     0.926           12.3        1.50       failed          ",
    "net, 128, train: killed by SIGKILL"
  ]);
});

test("a network or a number that does not exist is refused before anything is measured", async () => {
  await assert.rejects(bench(["models"], {json: false, model: "vgg16"}), /no network "vgg16"[^]*mobilenetv2_0\.35/);
  await assert.rejects(bench(["models"], {json: false, size: "big"}), /--size is big/);
  await assert.rejects(bench(["models"], {json: false, batch: "0"}), /--batch is 0/);
});

test("a small network is counted and timed, each pass in a process of its own", async () => {
  const rows: ModelRow[] = [];
  for await (const one of measureModels({models: ["mobilenetv2_0.35"], sizes: [32], batch: 2})) rows.push(one);
  const [{parameters, forward, train}] = rows;
  assert.equal(parameters, 396_128 + 1_319_428);
  for (const pass of [forward, train]) {
    assert.ok("imagesPerSecond" in pass, JSON.stringify(pass));
    assert.ok(pass.imagesPerSecond > 0 && pass.peakMemory > 5e7);
  }
});
