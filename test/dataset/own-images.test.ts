import assert from "node:assert/strict";
import {chmodSync, symlinkSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {findImages, type OwnImage} from "../../src/lib/dataset/own-images.js";
import {temporaryFolder, write} from "./fixtures.js";

const classes = ["COVID-19", "normal"];

function folderOf(...files: string[]): string {
  const folder = temporaryFolder();
  for (const file of files) write(join(folder, file), "");
  return folder;
}

const named = (folder: string, images: OwnImage[]) =>
  images.map(({id, label}) => [id.file.replace(`${folder}/`, ""), label]);

test("a folder of classes gives labels, whatever the case of its names and however deep its images", () => {
  const folder = folderOf("normal/b.png", "normal/a.JPG", "covid-19/p 1/x.tif", "covid-19/notes.txt", ".hidden/c.png");
  assert.deepEqual(named(folder, findImages([folder], classes)), [
    ["covid-19/p 1/x.tif", 0],
    ["normal/a.JPG", 1],
    ["normal/b.png", 1]
  ]);
});

test(
  "a folder with parts that have folders of classes gives labels too, but not of an image that " +
    "lies in a further class",
  () => {
    const folder = folderOf("test/Normal/a.png", "val/covid-19/b.png", "val/covid-19/normal/c.png", "val/d.png");
    assert.deepEqual(named(folder, findImages([folder], classes)), [
      ["test/Normal/a.png", 1],
      ["val/covid-19/b.png", 0],
      ["val/covid-19/normal/c.png", undefined],
      ["val/d.png", undefined]
    ]);
  }
);

test("a folder with another folder beside those of classes gives no labels", () => {
  const folder = folderOf("normal/a.png", "other/b.png");
  assert.deepEqual(named(folder, findImages([folder], classes)), [
    ["normal/a.png", undefined],
    ["other/b.png", undefined]
  ]);
});

test("a file is taken whatever its name, and an image outside the folders of classes has no label", () => {
  const folder = folderOf("normal/a.png", "loose.png", "scan.bin");
  assert.deepEqual(named(folder, findImages([join(folder, "scan.bin"), folder], classes)), [
    ["scan.bin", undefined],
    ["loose.png", undefined],
    ["normal/a.png", 1]
  ]);
});

test("what does not exist and a folder without images are told", () => {
  assert.throws(() => findImages(["no-such.png"], classes), {
    name: "UserError",
    message: /no file or folder .*no-such/
  });
  assert.throws(() => findImages([folderOf("notes.txt")], classes), {
    name: "UserError",
    message: /no images in .*[^]*png/
  });
});

test("links are followed, but neither in a circle nor to nowhere", () => {
  const [folder, elsewhere] = [folderOf("normal/a.png"), folderOf("b.png")];
  const link = (name: string, to: string) => symlinkSync(to, join(folder, name));
  link("covid-19", elsewhere);
  link("normal/again", "..");
  link("normal/self", "self");
  link("normal/nowhere", "absent");
  assert.deepEqual(named(folder, findImages([folder], classes)), [
    ["covid-19/b.png", 0],
    ["normal/a.png", 1]
  ]);
});

test("a folder that may not be read is told", () => {
  const folder = folderOf("normal/a.png");
  chmodSync(folder, 0o000);
  // The superuser may read everything.
  const isSuperuser = process.getuid?.() === 0;
  if (isSuperuser) process.seteuid!(65534);
  try {
    assert.throws(() => findImages([folder], classes), {
      name: "UserError",
      message: /^Cannot read .*: EACCES[^]*permissions/
    });
  } finally {
    if (isSuperuser) process.seteuid!(0);
    chmodSync(folder, 0o700);
  }
});
