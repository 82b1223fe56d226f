import assert from "node:assert/strict";
import {join} from "node:path";
import test, {before} from "node:test";
import {takeInventory} from "../../src/lib/dataset/inventory.js";
import {openDataset} from "../../src/lib/dataset/open.js";
import {readPixels} from "../../src/lib/dataset/pixels.js";
import {plainPng, publishedFolder, temporaryFolder, write, writeCovidx} from "./fixtures.js";

before(() => {
  process.env.CACHE_DIR = temporaryFolder();
});

const inventoryOf = async (path: string) => takeInventory(await openDataset({name: "covidx", path}));
const normals = (from: number, count: number, family: string) =>
  Array.from({length: count}, (_, i) => `1000${from + i} ${family}-${from + i}.jpeg normal`);

test("counts, sizes and patients are by column, and problems are named", async () => {
  const train = ["1 a.png COVID-19", "1 b.png COVID-19", "2 gone.png viral", ...normals(100, 150, "IM")];
  const path = await writeCovidx(train, ["1 t.png viral"], {omit: ["gone.png"]});
  write(join(path, publishedFolder("b.png"), "b.png"), await plainPng(200, 50, 40));
  const {splits, classes, name, digest} = await inventoryOf(path);
  assert.equal(name, "covidx");
  assert.match(digest, /^[0-9a-f]{64}$/);
  assert.deepEqual(classes, ["COVID-19", "viral", "bacteria", "normal"]);
  const {train: list, test: held} = splits;
  assert.deepEqual([list.listed, list.present, list.byClass], [153, 152, [2, 0, 0, 150]]);
  assert.deepEqual([...list.rows.slice(0, 3)], [0, 1, 3]);
  assert.deepEqual([...list.labels.slice(0, 3)], [0, 0, 3]);
  assert.deepEqual([list.width[1], list.height[1]], [50, 40]);
  assert.deepEqual([list.patients[0], list.patients[1], held.patients[0]], [0, 0, 0]);
  assert.notEqual(list.patients[2], 0);
  assert.deepEqual(list.problems, [{split: "train", row: 2, file: "gone.png", label: 1, reason: "missing"}]);
  assert.deepEqual([held.listed, held.byClass, held.problems], [1, [0, 1, 0, 0], []]);
});

test("the inventory's rows are the rows of the pixels", async () => {
  const path = await writeCovidx(normals(100, 120, "IM"), ["1 t.png viral"], {omit: ["IM-107.jpeg"]});
  const dataset = await openDataset({name: "covidx", path});
  const {splits} = await takeInventory(dataset);
  const {pixels, problems} = await readPixels(dataset.train, {size: 2});
  assert.deepEqual(pixels.rows, splits.train.rows);
  assert.deepEqual(pixels.labels, splits.train.labels);
  assert.deepEqual(problems, splits.train.problems);
});

test("exact duplicates are found within and across splits and classes", async () => {
  const path = await writeCovidx(
    ["1 a.png COVID-19", "2 b.png viral", "3 c.png normal", "4 d.png normal"],
    ["5 e.png normal", "6 f.png viral"]
  );
  const same = async (names: string[], level: number) => {
    for (const name of names) write(join(path, publishedFolder(name), name), await plainPng(level));
  };
  await same(["a.png", "b.png"], 100);
  await same(["c.png", "e.png"], 110);
  assert.deepEqual((await inventoryOf(path)).duplicates, [
    {
      images: [
        {split: "train", row: 0, label: 0},
        {split: "train", row: 1, label: 1}
      ],
      acrossSplits: false,
      acrossClasses: true
    },
    {
      images: [
        {split: "train", row: 2, label: 3},
        {split: "test", row: 0, label: 3}
      ],
      acrossSplits: true,
      acrossClasses: false
    }
  ]);
});

test("numbers and series of the patients are those of the lists", async () => {
  const path = await writeCovidx(
    ["10007 IM-0007.jpeg normal", "10007 IM-0007-2.jpeg normal", "10008 IM-0008.jpeg normal", "9 a.png viral"],
    ["10007 NORMAL2-IM-0007.jpeg normal", "10008 IM-0008-2.jpeg normal", "9 b.png COVID-19"]
  );
  const {families, splits} = await inventoryOf(path);
  assert.deepEqual(families, ["IM", "NORMAL2-IM"]);
  assert.deepEqual([...splits.train.families], [0, 0, 0, -1]);
  assert.deepEqual([...splits.test.families], [1, 0, -1]);
  assert.deepEqual([...splits.train.patients], [0, 0, 1, 2]);
  assert.deepEqual([...splits.test.patients], [0, 1, 2]);
});

test("too many unreadable images are an error here too", async () => {
  const path = await writeCovidx(["1 a.png viral", "2 b.png normal"], ["3 c.png viral"], {omit: ["b.png"]});
  await assert.rejects(inventoryOf(path), {name: "UserError", message: /1 of 2 train images[^]*b\.png: missing/});
});

test("no name of a readable file is in the inventory", async () => {
  const path = await writeCovidx(["1 secret.png viral", "2 b.png normal"], ["3 c.png viral"]);
  const text = JSON.stringify(await inventoryOf(path));
  assert.ok(!text.includes("secret") && !text.includes(path));
});

test("phantoms are taken stock of without being drawn", async () => {
  const {splits, duplicates} = await takeInventory(
    await openDataset({name: "phantom", train: 3, test: 2, size: 64, marker: {class: "viral"}})
  );
  assert.deepEqual(splits.train.byClass, [3, 3, 3, 3]);
  assert.deepEqual([...new Set(splits.test.width)], [64]);
  assert.deepEqual(duplicates, []);
});
