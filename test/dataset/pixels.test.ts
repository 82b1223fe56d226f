import assert from "node:assert/strict";
import {dirname, join} from "node:path";
import test from "node:test";
import {readPixels} from "../../src/lib/dataset/pixels.js";
import type {Example} from "../../src/lib/dataset/types.js";
import type {Progress} from "../../src/lib/support/progress.js";
import {exampleOf, plainPng, temporaryFolder, write} from "./fixtures.js";

/** Images whose level is their row; `broken` maps rows to other contents, null for none at all. */
async function images(count: number, broken: Record<number, string | null> = {}): Promise<Example[]> {
  const folder = temporaryFolder();
  return Promise.all(
    Array.from({length: count}, async (_, row) => {
      const path = join(folder, `image ${row}.png`);
      const content = row in broken ? broken[row] : await plainPng(row % 256);
      if (content !== null) write(path, content);
      return exampleOf(path, row, {label: row % 3});
    })
  );
}

test("pixels, rows and labels are in the order given", async () => {
  const examples = (await images(5)).reverse();
  const {pixels, problems} = await readPixels(examples, {size: 4});
  assert.deepEqual(problems, []);
  assert.equal(pixels.size, 4);
  assert.deepEqual([...pixels.rows], [4, 3, 2, 1, 0]);
  assert.deepEqual([...pixels.labels], [1, 0, 2, 1, 0]);
  assert.deepEqual(
    [...pixels.data],
    [4, 3, 2, 1, 0].flatMap((level) => Array(16).fill(level))
  );
});

test("up to 1% of missing, empty or unreadable images are left out and reported by name", async () => {
  const examples = await images(300, {0: null, 150: "", 299: "text"});
  const {pixels, problems} = await readPixels(examples, {size: 2});
  assert.deepEqual(problems, [
    {split: "train", row: 0, file: "image 0.png", label: 0, reason: "missing"},
    {split: "train", row: 150, file: "image 150.png", label: 0, reason: "empty (0 bytes)"},
    {split: "train", row: 299, file: "image 299.png", label: 2, reason: "not an image"}
  ]);
  const kept = examples.map(({row}) => row).filter((row) => ![0, 150, 299].includes(row));
  assert.deepEqual([...pixels.rows], kept);
  assert.deepEqual(
    [...pixels.data],
    kept.flatMap((row) => Array(4).fill(row % 256))
  );
});

test("more than 1% of a split is an error that names the first few", async () => {
  const broken = Object.fromEntries(Array.from({length: 7}, (_, i) => [i * 10, null]));
  await assert.rejects(readPixels(await images(100, broken), {size: 2}), {
    name: "UserError",
    message: /7 of 100 train images \(7\.0%\)[^]*image 0\.png: missing[^]*image 40\.png: missing\n[^]*and 2 more/
  });
});

test("only whoever lacks images of COVIDx is told how to fetch them", async () => {
  const examples = await images(10, {3: null});
  const message = async () => (await readPixels(examples, {size: 2}).catch((error: Error) => error)) as Error;
  const before = process.env.COVIDX_DIR;
  assert.match((await message()).message, /image 3\.png: missing\n +Restore these files, or take them away\.$/);
  process.env.COVIDX_DIR = dirname(examples[0].path);
  try {
    assert.match((await message()).message, /npm run data/);
  } finally {
    if (before === undefined) delete process.env.COVIDX_DIR;
    else process.env.COVIDX_DIR = before;
  }
});

test("each split has its own 1%", async () => {
  const train = await images(150);
  const test = (await images(50, {3: null})).map((example): Example => ({...example, split: "test"}));
  await assert.rejects(readPixels([...train, ...test], {size: 2}), {message: /1 of 50 test images \(2\.0%\)/});
});

test("the result does not depend on how many images are under way", async () => {
  const examples = await images(120, {7: "text"});
  const one = await readPixels(examples, {size: 3, concurrency: 1});
  assert.deepEqual(await readPixels(examples, {size: 3, concurrency: 16}), one);
});

test("progress rises to the number of images", async () => {
  const reports: Progress[] = [];
  await readPixels(await images(20), {size: 2, onProgress: (progress) => reports.push(progress)});
  assert.deepEqual(
    reports.map(({done}) => done),
    Array.from({length: 20}, (_, i) => i + 1)
  );
  assert.deepEqual([reports[0].total, reports[0].unit], [20, "images"]);
});
