import assert from "node:assert/strict";
import {test} from "node:test";
import {divide, imagesNeeded, requireEnough} from "../../src/lib/dataset/enough.js";
import {openDataset} from "../../src/lib/dataset/open.js";
import {openPhantom} from "../../src/lib/dataset/phantom.js";
import {validationSplit} from "../../src/lib/dataset/split.js";
import {folderOfClasses} from "./fixtures.js";

const drawn = {seed: 42, fraction: 0.1};
const folder = async (layout: Record<string, number>) =>
  openDataset({name: "folder", path: await folderOfClasses(layout)});

test("the fewest images are those that leave some for every part, and one less does not", () => {
  for (const validation of [0.01, 0.1, 0.5, 0.9]) {
    for (const test of [undefined, 0.2, 0.8]) {
      const shares = {test, validation};
      const needs = imagesNeeded(shares);
      assert.ok(Object.values(divide(needs, shares)).every((count) => count >= 1));
      assert.ok(
        Object.values(divide(needs - 1, shares)).some((count) => count < 1),
        `${needs} of ${JSON.stringify(shares)}`
      );
    }
  }
});

test("a class is divided as it is when a study draws its images", async () => {
  for (const count of [3, 4, 7, 13, 30]) {
    const {train, test} = await folder({ill: count, well: count});
    const {validation} = validationSplit({labels: train.map(({label}) => label)}, drawn);
    const each = divide(count, {test: 0.2, validation: drawn.fraction});
    assert.deepEqual([test.length, validation.length], [2 * each.test!, 2 * each.validation!], `${count} images`);
  }
});

test("a study of four test images is the smallest, and the images of each class that give so many are told", async () => {
  const few = await folder({ill: 7, well: 7});
  assert.throws(() => requireEnough(few, drawn), {
    name: "UserError",
    message: /2 images to test on; a study needs 4: 8 images of each class leave so many/
  });
  requireEnough(await folder({ill: 8, well: 8}), drawn);
});

test("with a share that leaves a class nothing to train on, the number that it takes is told", async () => {
  const dataset = await folder({ill: 3, well: 40});
  requireEnough(dataset, drawn);
  const half = {...drawn, fraction: 0.9};
  requireEnough(dataset, half);
  const listed = await folder({"train/a": 2, "train/b": 2, "val/a": 1, "val/b": 1, "test/a": 1, "test/b": 1});
  assert.throws(() => requireEnough(listed, drawn), /2 images to test on; a study needs 4\.\n/);
});

test("whole patients that leave a class nothing to validate on are told", async () => {
  const patients = {...drawn, groupByPatient: true};
  requireEnough(openPhantom({train: 60, test: 30}), patients);
  assert.throws(() => requireEnough(openPhantom({train: 4, test: 2}), patients), {
    name: "UserError",
    message: /is divided so that 0 images of COVID-19 are left to validate on; a study needs 1[^]*whole patients/
  });
});
