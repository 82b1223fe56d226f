import assert from "node:assert/strict";
import {mkdirSync, rmSync, symlinkSync} from "node:fs";
import {join} from "node:path";
import test from "node:test";
import {openDataset} from "../../src/lib/dataset/open.js";
import {plainPng, temporaryFolder, write, writeCovidx} from "./fixtures.js";

test("COVIDx finds each listed file in its publisher's folder and keeps the order of the lists", async () => {
  const path = await writeCovidx(
    ["3 Fig 8a-day0.jpeg viral", "10001 person1_virus_8.jpeg viral", "1000583 IM-0583-0001.jpeg normal"],
    ["1000221 NORMAL2-IM-0221-0001.jpeg normal"]
  );
  const {classes, train, test} = await openDataset({name: "covidx", path});
  assert.deepEqual(classes, ["COVID-19", "viral", "bacteria", "normal"]);
  assert.deepEqual(
    [...train, ...test].map(({split, row, label, patient, family, path: file}) => [
      split,
      row,
      label,
      patient,
      family,
      file.slice(path.length + 1)
    ]),
    [
      ["train", 0, 1, "3", undefined, "covid-chestxray-dataset/images/Fig 8a-day0.jpeg"],
      ["train", 1, 1, "10001", "person", "chest_xray/test/PNEUMONIA/person1_virus_8.jpeg"],
      ["train", 2, 3, "1000583", "IM", "chest_xray/train/NORMAL/IM-0583-0001.jpeg"],
      ["test", 0, 3, "1000221", "NORMAL2-IM", "chest_xray/train/NORMAL/NORMAL2-IM-0221-0001.jpeg"]
    ]
  );
});

test("a folder in the place of a list, and a file in the place of a publisher's folder, are no bugs", async () => {
  const path = await writeCovidx(["1 a.png viral"], ["2 b.png normal"]);
  rmSync(join(path, "train_split.txt"));
  mkdirSync(join(path, "train_split.txt"));
  await assert.rejects(openDataset({name: "covidx", path}), {
    name: "UserError",
    message: /train_split\.txt is a folder/
  });
  rmSync(join(path, "train_split.txt"), {recursive: true});
  write(join(path, "train_split.txt"), "1 a.png viral");
  rmSync(join(path, "covid-chestxray-dataset"), {recursive: true, force: true});
  write(join(path, "covid-chestxray-dataset", "images"), "a file");
  assert.equal((await openDataset({name: "covidx", path})).train.length, 1);
});

for (const place of ["", "train"]) {
  test(`a link that leads nowhere among ${place || "the"} classes is named`, async () => {
    const path = temporaryFolder();
    for (const split of place ? ["train", "test"] : [""]) {
      for (const name of ["a", "b"]) {
        for (const i of [1, 2]) write(join(path, split, name, `${i}.png`), await plainPng(8, 8, 1));
      }
    }
    assert.equal((await openDataset({name: "folder", path})).classes.length, 2);
    symlinkSync(join(path, "gone"), join(path, place, "c"));
    await assert.rejects(openDataset({name: "folder", path}), {
      name: "UserError",
      message: /c is a link that leads nowhere/
    });
  });
}

test("COVIDx's duplicate lines and files in both lists are noted", async () => {
  const path = await writeCovidx(["1 a.png viral", "1 a.png viral", "2 b.png normal"], ["2 b.png normal"]);
  const {train, notes} = await openDataset({name: "covidx", path});
  assert.equal(train.length, 2);
  assert.deepEqual(notes.duplicateLines, [{split: "train", line: 2, firstLine: 1, file: "a.png"}]);
  assert.deepEqual(notes.inBothSplits, [{file: "b.png", train: 1, test: 0}]);
});

test("without COVIDx the message says how to get it and what needs no files", async () => {
  await assert.rejects(openDataset({name: "covidx", path: join(temporaryFolder(), "none")}), {
    name: "UserError",
    message: /COVIDX_DIR[^]*npm run data[^]*--dataset phantom/
  });
});

test("an unknown dataset is a clear error", async () => {
  const source = {name: "chexpert"} as unknown as {name: "covidx"};
  await assert.rejects(openDataset(source), {name: "UserError", message: /no dataset "chexpert"[^]*covidx, phantom/});
});

async function folderOfClasses(layout: Record<string, number>): Promise<string> {
  const path = temporaryFolder();
  for (const [folder, count] of Object.entries(layout)) {
    mkdirSync(join(path, folder), {recursive: true});
    for (let i = 0; i < count; ++i) write(join(path, folder, `image ${i}.PNG`), await plainPng(i));
  }
  return path;
}

test("a folder of classes without a split is split 80/20 in each class, the same way each time", async () => {
  const path = await folderOfClasses({ill: 10, well: 20});
  write(join(path, "well", "notes.txt"), "not an image");
  const {classes, train, test, name} = await openDataset({name: "folder", path});
  assert.equal(name, path.split("/").at(-1));
  assert.deepEqual(classes, ["ill", "well"]);
  const count = (examples: typeof train, label: number) => examples.filter((example) => example.label === label).length;
  assert.deepEqual([count(train, 0), count(test, 0), count(train, 1), count(test, 1)], [8, 2, 16, 4]);
  assert.deepEqual(
    test.map(({row}) => row),
    [0, 1, 2, 3, 4, 5]
  );
  assert.equal(new Set([...train, ...test].map(({file}) => file)).size, 30);
  assert.deepEqual((await openDataset({name: "folder", path})).test, test);
  assert.notDeepEqual((await openDataset({name: "folder", path, seed: 1})).test, test);
});

test("a folder with train and test keeps its own split", async () => {
  const path = await folderOfClasses({"train/ill": 3, "train/well": 2, "test/ill": 1, "test/well": 1});
  const {classes, train, test} = await openDataset({name: "folder", path, title: "Mine"});
  assert.deepEqual(classes, ["ill", "well"]);
  assert.deepEqual(
    train.map(({file, label, row}) => [file, label, row]),
    [
      ["ill/image 0.PNG", 0, 0],
      ["ill/image 1.PNG", 0, 1],
      ["ill/image 2.PNG", 0, 2],
      ["well/image 0.PNG", 1, 3],
      ["well/image 1.PNG", 1, 4]
    ]
  );
  assert.equal(test[1].path, join(path, "test/well/image 0.PNG"));
});

test("a folder that cannot be a dataset says why", async () => {
  const cases: [Record<string, number> | null, RegExp][] = [
    [null, /There is no folder/],
    [{only: 3}, /fewer than two folders/],
    [{ill: 1, well: 5}, /ill has 1 images, needs 2/],
    [{"train/ill": 2, "train/well": 2, "test/ill": 1, "test/unsure": 1}, /classes that train has not: unsure/],
    [{"train/ill": 2, "train/well": 2, "test/ill": 0}, /test has no images/]
  ];
  for (const [layout, message] of cases) {
    const path = layout ? await folderOfClasses(layout) : join(temporaryFolder(), "none");
    await assert.rejects(openDataset({name: "folder", path}), {name: "UserError", message});
  }
});
