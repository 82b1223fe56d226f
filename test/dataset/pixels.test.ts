import assert from "node:assert/strict";
import {join} from "node:path";
import test from "node:test";
import {readPixels} from "../../src/lib/dataset/pixels.js";
import {takeInventory} from "../../src/lib/dataset/inventory.js";
import {openDataset} from "../../src/lib/dataset/open.js";
import type {Example} from "../../src/lib/dataset/types.js";
import type {Progress} from "../../src/lib/support/progress.js";
import {exampleOf, plainLevels, plainPng, temporaryFolder, write, writeCovidx} from "./fixtures.js";

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
    [4, 3, 2, 1, 0].flatMap((level) => [...plainLevels(level, 4)])
  );
});

test("up to 1% of missing, empty or unreadable images are left out and reported by name", async () => {
  const examples = await images(300, {0: null, 150: "", 299: "text"});
  const {pixels, problems} = await readPixels(examples, {size: 2});
  assert.deepEqual(problems, [
    {split: "train", row: 0, file: "image 0.png", label: 0, reason: "missing"},
    {split: "train", row: 150, file: "image 150.png", label: 0, reason: "empty (0 bytes)"},
    {split: "train", row: 299, file: "image 299.png", label: 2, reason: "not an image but text"}
  ]);
  const kept = examples.map(({row}) => row).filter((row) => ![0, 150, 299].includes(row));
  assert.deepEqual([...pixels.rows], kept);
  assert.deepEqual(
    [...pixels.data],
    kept.flatMap((row) => [...plainLevels(row % 256, 2)])
  );
});

test("more than 1% of a split is an error that names the first few", async () => {
  const broken = Object.fromEntries(Array.from({length: 7}, (_, i) => [i * 10, null]));
  await assert.rejects(readPixels(await images(100, broken), {size: 2}), {
    name: "UserError",
    message:
      /7 of 100 train images \(7\.0%\)[^]*image 0\.png: missing[^]*image 40\.png: missing\n[^]*and 2 more\n  Replace or/
  });
});

test("of images that are no radiographs any number may be refused, and the others are read", async () => {
  const broken = Object.fromEntries(Array.from({length: 7}, (_, i) => [i * 10, null]));
  const {pixels, problems} = await readPixels(await images(100, broken), {size: 2, anyRefused: true});
  assert.deepEqual([pixels.rows.length, problems.length], [93, 7]);
});

test("what to do about unreadable images is the dataset's to say, and only COVIDx is fetched again", async () => {
  const broken = await images(3, {0: null});
  await assert.rejects(readPixels(broken, {size: 2, remedy: "Ask the publisher."}), /\n {2}Ask the publisher\.$/);
  const {remedy} = await openDataset({name: "covidx", path: await writeCovidx(["1 a.png viral"], ["2 b.png viral"])});
  assert.match(remedy!, /npm run data/);
  const folder = temporaryFolder();
  for (const name of ["a", "b", "c"].flatMap((file) => [`ill/${file}.png`, `well/${file}.png`]))
    write(join(folder, name), "");
  const own = await openDataset({name: "folder", path: folder});
  await assert.rejects(
    takeInventory(own),
    (error: Error) => !/npm run data/.test(error.message) && /empty/.test(error.message)
  );
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
