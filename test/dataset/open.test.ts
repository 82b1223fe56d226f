import assert from "node:assert/strict";
import {mkdirSync, readFileSync, rmSync, symlinkSync} from "node:fs";
import {join} from "node:path";
import test from "node:test";
import {openDataset} from "../../src/lib/dataset/open.js";
import {folderOfClasses, plainPng, temporaryFolder, write, writeCovidx} from "./fixtures.js";

test("COVIDx finds each listed file in its publisher's folder and keeps the order of the lists", async () => {
  const path = await writeCovidx(
    ["3 Fig 8a-day0.jpeg viral", "10001 person1_virus_8.jpeg viral", "1000583 IM-0583-0001.jpeg normal"],
    ["1000221 NORMAL2-IM-0221-0001.jpeg normal"]
  );
  const {classes, train, test} = await openDataset({name: "covidx", path});
  assert.deepEqual(classes, ["COVID-19", "viral", "bacteria", "normal"]);
  assert.deepEqual(
    [...train, ...test].map(({split, row, label, id: {patient}, family, path: file}) => [
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
        for (const i of [1, 2, 3]) write(join(path, split, name, `${i}.png`), await plainPng(8, 8, 1));
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

test("a listed file may lie in several folders as copies, but not as two images of one name", async () => {
  const path = await writeCovidx(["1 IM-0001.jpeg normal"], ["2 b.png viral"]);
  const [found, copy] = ["train", "test"].map((split) => join(path, "chest_xray", split, "NORMAL", "IM-0001.jpeg"));
  write(copy, readFileSync(found));
  assert.equal((await openDataset({name: "covidx", path})).train[0].path, found);
  write(copy, await plainPng(99));
  await assert.rejects(openDataset({name: "covidx", path}), {
    name: "UserError",
    message: /one name differ.*IM-0001\.jpeg and .*test/
  });
  write(join(path, "chest_xray/val/NORMAL/unlisted.jpeg"), await plainPng(1));
  write(join(path, "chest_xray/test/NORMAL/unlisted.jpeg"), await plainPng(2));
  write(copy, readFileSync(found));
  assert.equal((await openDataset({name: "covidx", path})).train.length, 1);
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
  assert.equal(new Set([...train, ...test].map(({id}) => id.file)).size, 30);
  assert.deepEqual((await openDataset({name: "folder", path})).test, test);
  assert.notDeepEqual((await openDataset({name: "folder", path, seed: 1})).test, test);
});

test("a folder with train and test keeps its own split, and images of one name in two folders are two images", async () => {
  const path = await folderOfClasses({"train/ill": 3, "train/well": 2, "test/ill": 1, "test/well": 1});
  const {classes, train, test, validation, testShare} = await openDataset({name: "folder", path, title: "Mine"});
  assert.deepEqual([classes, validation, testShare], [["ill", "well"], undefined, undefined]);
  assert.deepEqual(
    train.map(({id, label, row}) => [id.file, label, row]),
    [
      ["train/ill/image 0.PNG", 0, 0],
      ["train/ill/image 1.PNG", 0, 1],
      ["train/ill/image 2.PNG", 0, 2],
      ["train/well/image 0.PNG", 1, 3],
      ["train/well/image 1.PNG", 1, 4]
    ]
  );
  assert.equal(test[1].path, join(path, "test/well/image 0.PNG"));
  const all = [...train, ...test];
  assert.equal(new Set(all.map(({id}) => id.patient)).size, all.length, "nobody is in both splits");
});

test("files of one name in train and test are of two patients as far as is known", async () => {
  const path = await folderOfClasses({"train/ill": 3, "train/well": 2, "test/ill": 3, "test/well": 2});
  const {train, test} = await openDataset({name: "folder", path});
  assert.equal(new Set([...train, ...test].map(({id}) => id.patient)).size, 10);
});

for (const name of ["val", "valid", "validation", "Validation"]) {
  test(`images in a folder ${name} follow the training images and are those that validate`, async () => {
    const parts = ["train", name, "test"].flatMap((part) => [`${part}/ill`, `${part}/well`]);
    const path = await folderOfClasses(Object.fromEntries(parts.map((part) => [part, 2])));
    const {train, test, validation} = await openDataset({name: "folder", path});
    assert.deepEqual([train.length, test.length, validation], [8, 4, [4, 5, 6, 7]]);
    assert.deepEqual(
      validation!.map((row) => [train[row].row, train[row].label, train[row].id.file.split("/")[0]]),
      [0, 0, 1, 1].map((label, i) => [4 + i, label, name])
    );
  });
}

test("images in folders within a class, and beside these, are of that class, wherever else their names occur", async () => {
  const path = await folderOfClasses({
    "ill/p1": 3,
    "ill/p2/left": 3,
    ill: 2,
    "well/p1": 4,
    "well/.cache": 1,
    "well/__MACOSX": 1
  });
  const {train, test} = await openDataset({name: "folder", path});
  const files = (label: number) => [...train, ...test].filter((one) => one.label === label).map(({id}) => id.file);
  assert.deepEqual([files(0).length, files(1).length], [8, 4]);
  assert.ok(files(0).includes("ill/p2/left/image 2.PNG") && files(1).includes("well/p1/image 2.PNG"));
});

test("links to folders of images are followed, but not in a circle", async () => {
  const [path, elsewhere] = [await folderOfClasses({ill: 3, well: 3}), await folderOfClasses({more: 2})];
  symlinkSync(elsewhere, join(path, "ill", "linked"));
  symlinkSync("..", join(path, "well", "again"));
  const {train, test} = await openDataset({name: "folder", path});
  assert.equal(train.length + test.length, 8);
});

test("classes are one whatever the case and the encoding of their names in train and test", async () => {
  const path = await folderOfClasses({"Train/\u00e9tat": 2, "Train/Well": 2, "TEST/E\u0301tat": 1, "TEST/well": 1});
  const {classes, test} = await openDataset({name: "folder", path});
  assert.deepEqual(
    [classes, test.map(({label}) => label)],
    [
      ["Well", "\u00e9tat"],
      [1, 0]
    ]
  );
});

for (const [what, layout, message] of [
  ["that is absent", null, /There is no folder/],
  ["without folders", {}, /fewer than two folders of classes/],
  ["of one class", {only: 3}, /fewer than two folders[^?]*Lay it out as PATH\/CLASS\/IMAGE/],
  [
    "around the one that is meant",
    {"mine/ill": 3, "mine/well": 3},
    /Its only folder, mine, has 2: is that the dataset/
  ],
  ["with an empty class", {ill: 3, other: 0, well: 3}, /has 0 images of other; every class needs 3/],
  [
    "with a class that cannot be divided",
    {ill: 1, well: 5},
    /1 image of ill; every class needs 3 or more, 1 to train on, 1 to validate on and 1 to test on/
  ],
  [
    "with a class without training images",
    {"train/a": 0, "train/b": 2, "test/a": 1, "test/b": 1},
    /training folder of .* has 0 images of a; every class needs 1/
  ],
  [
    "with a class that only test has",
    {"train/ill": 2, "train/well": 2, "test/ill": 1, "test/unsure": 1},
    /classes that train has not: unsure/
  ],
  [
    "with a class without test images",
    {"train/ill": 2, "train/well": 2, "test/ill": 1, "test/well": 0},
    /test folder of .* has 0 images of well; every class needs 1/
  ],
  [
    "without test images",
    {"train/a": 2, "train/b": 2, "val/a": 2, "val/b": 2},
    /has a folder train, val, but none called test[^]*PATH\/test\/CLASS/
  ],
  ["without training images", {"test/a": 2, "test/b": 2}, /has a folder test, but none called train/],
  [
    "with two folders of validation images",
    {"train/a": 2, "train/b": 2, "test/a": 1, "test/b": 1, "val/a": 1, "valid/b": 1},
    /two folders of validation images: val and valid/
  ],
  [
    "with a class beside its parts",
    {"train/a": 2, "train/b": 2, "test/a": 1, "test/b": 1, c: 3},
    /has c beside test, train/
  ],
  [
    "with parts inside the classes",
    {"a/train": 2, "a/test": 2, "b/train": 2, "b/test": 2},
    /a has a folder test, which is the name of a part/
  ],
  ["with a class inside another", {a: 3, "a/B": 3, b: 3}, /a has a folder B, which is the name of a part or a class/],
  ["with two classes of one name", {Ill: 3, ill: 3, well: 3}, /Ill and ill, which differ in case or encoding alone/]
] as [string, Record<string, number> | null, RegExp][]) {
  test(`a folder ${what} is refused with a reason`, async () => {
    const path = layout ? await folderOfClasses(layout) : join(temporaryFolder(), "none");
    await assert.rejects(openDataset({name: "folder", path}), {name: "UserError", message});
  });
}
