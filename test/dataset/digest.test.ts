import assert from "node:assert/strict";
import {existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import test, {beforeEach} from "node:test";
import {contentDigests, datasetDigest} from "../../src/lib/dataset/digest.js";
import {openDataset} from "../../src/lib/dataset/open.js";
import {plainPng, publishedFolder, temporaryFolder, write, writeCovidx} from "./fixtures.js";

const train = ["1 a.png viral", "2 IM-0001.jpeg normal", "3 c.png bacteria"];
const testList = ["4 d.png COVID-19"];

beforeEach(() => {
  process.env.CACHE_DIR = temporaryFolder();
});

const memoFile = () => join(process.env.CACHE_DIR!, "dataset", "digests.json");
const digestOf = async (path: string) => datasetDigest(await openDataset({name: "covidx", path}));

test("a copy of a dataset elsewhere has the same digest", async () => {
  const first = await digestOf(await writeCovidx(train, testList));
  assert.match(first, /^[0-9a-f]{64}$/);
  assert.equal(await digestOf(await writeCovidx(train, testList)), first);
});

test("a changed list, image, or a missing image changes the digest", async () => {
  const path = await writeCovidx(train, testList);
  const digests = [await digestOf(path)];
  write(join(path, publishedFolder("a.png"), "a.png"), await plainPng(99, 9, 9));
  digests.push(await digestOf(path));
  rmSync(join(path, publishedFolder("a.png"), "a.png"));
  digests.push(await digestOf(path));
  write(join(path, "train_split.txt"), [...train.slice(0, 2), "3 c.png viral"].join("\n"));
  digests.push(await digestOf(path));
  write(join(path, "train_split.txt"), [...train.slice(0, 2), "33 c.png viral"].join("\n"));
  digests.push(await digestOf(path));
  assert.equal(new Set(digests).size, 5);
});

test("a file that was edited and given its old size and time back is read again", async () => {
  const path = await writeCovidx(train, testList);
  const file = join(path, publishedFolder("a.png"), "a.png");
  const {atime, mtime, size} = statSync(file);
  utimesSync(file, atime, mtime);
  const first = await digestOf(path);
  writeFileSync(file, Buffer.alloc(size, 1));
  utimesSync(file, atime, mtime);
  assert.notEqual(await digestOf(path), first);
});

test("digests are remembered by the files' states, those of files that have just changed are not", async () => {
  const path = write(join(temporaryFolder(), "a.png"), await plainPng(8, 8, 1));
  const [digest] = await contentDigests([{path}]);
  assert.deepEqual(JSON.parse(readFileSync(memoFile(), "utf8")), {});
  const later = () => Date.now() + 60_000;
  assert.deepEqual(await contentDigests([{path}], later), [digest]);
  const memo = JSON.parse(readFileSync(memoFile(), "utf8")) as Record<string, [string, string]>;
  writeFileSync(memoFile(), JSON.stringify({[path]: [memo[path][0], "remembered"]}));
  assert.deepEqual(await contentDigests([{path}]), ["remembered"]);
});

test("a broken memo costs only time", async () => {
  const path = await writeCovidx(train, testList);
  const first = await digestOf(path);
  writeFileSync(memoFile(), '{"cut sho');
  assert.equal(await digestOf(path), first);
});

test("a cache folder that cannot be written is a clear error", async () => {
  const file = write(join(temporaryFolder(), "in-the-way"), "");
  process.env.CACHE_DIR = file;
  await assert.rejects(digestOf(await writeCovidx(train, testList)), {name: "UserError", message: /Cannot write/});
});

test("a phantom's digest follows its options and needs no files", async () => {
  const digest = async (options = {}) =>
    datasetDigest(await openDataset({name: "phantom", train: 2, test: 1, size: 32, ...options}));
  const plain = await digest();
  assert.equal(await digest(), plain);
  const others = [{seed: 2}, {size: 48}, {train: 3}, {marker: {class: "viral"}}];
  const digests = await Promise.all(others.map(digest));
  assert.equal(new Set([plain, ...digests]).size, 5);
  assert.equal(existsSync(memoFile()), false);
});
