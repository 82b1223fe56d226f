import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {symlinkSync} from "node:fs";
import {join, resolve} from "node:path";
import test from "node:test";
import {openExternal} from "../../src/lib/dataset/external.js";
import {openFolder} from "../../src/lib/dataset/folder.js";
import {isImage} from "../../src/lib/dataset/image-file.js";
import {notTaken, notTakenInWords} from "../../src/lib/dataset/not-taken.js";
import {findImages, leftInFolders} from "../../src/lib/dataset/own-images.js";
import {dicomFile} from "./dicom/build.js";
import {temporaryFolder, write} from "./fixtures.js";

const dicom = dicomFile([]);

function folderOf(files: Record<string, string | Uint8Array>): string {
  const folder = temporaryFolder();
  for (const [file, content] of Object.entries(files)) write(join(folder, file), content);
  return folder;
}

test("files are taken by their names, in any case, and DICOM files also without an extension", () => {
  const folder = folderOf({
    ...Object.fromEntries(
      ["a.png", "b.JPG", "c.jfif", "d.tif", "e.dcm", "f.DICOM", "g.avif"].map((name) => [name, ""])
    ),
    ...Object.fromEntries(["IM000001", "1.2.840.113619.2.5", "I.0001"].map((name) => [name, dicom])),
    DICOMDIR: dicom,
    "._a.png": dicom,
    ".hidden": dicom,
    README: "text",
    "x.bmp": "BM",
    "notes.txt": dicom
  });
  const taken = (name: string) => isImage(join(folder, name));
  for (const name of [
    "a.png",
    "b.JPG",
    "c.jfif",
    "d.tif",
    "e.dcm",
    "f.DICOM",
    "g.avif",
    "IM000001",
    "1.2.840.113619.2.5",
    "I.0001"
  ]) {
    assert.ok(taken(name), name);
  }
  for (const name of ["DICOMDIR", "._a.png", ".hidden", "README", "x.bmp", "notes.txt", "absent"])
    assert.ok(!taken(name), name);
});

test("a pipe without an extension is not opened", {skip: process.platform === "win32"}, () => {
  const folder = temporaryFolder();
  execFileSync("mkfifo", [join(folder, "pipe")]);
  assert.equal(isImage(join(folder, "pipe")), false);
});

test("what is not taken is counted by extension, however deep, the most files first", () => {
  const folder = folderOf({
    "a.png": "",
    "b.bmp": "",
    "deep/c.BMP": "",
    "deep/d.heic": "",
    README: "",
    ".hidden": "",
    "1.2.3": ""
  });
  const left = notTaken(folder, [{path: join(folder, "a.png")}]);
  assert.deepEqual(left, [
    {extension: "", files: 2},
    {extension: ".bmp", files: 2},
    {extension: ".heic", files: 1}
  ]);
  assert.equal(notTakenInWords(left), "5 files are not taken: 2 without extension, 2 .bmp, 1 .heic");
  assert.equal(notTakenInWords([{extension: ".bmp", files: 1}]), "1 file is not taken: 1 .bmp");
  assert.equal(notTakenInWords([]), undefined);
  symlinkSync(folder, join(folder, "circle"));
  assert.deepEqual(notTaken(folder, [{path: join(folder, "a.png")}]), left, "a link in a circle");
});

test("a folder of classes tells what of it is not taken, be it of another kind or in another place", () => {
  const classes = ["ill", "well"];
  const images = classes.flatMap((name) => [0, 1, 2].map((i) => [`${name}/${i}.png`, ""]));
  const others = classes.flatMap((name) =>
    [`${name}/x.bmp`, `${name}/y.jp2`, `${name}/z.bmp`].map((file) => [file, ""])
  );
  const folder = folderOf(Object.fromEntries([...images, ...others, ["ill/scan", dicom], ["README", ""]]));
  const {train, test, notes} = openFolder({path: folder});
  assert.equal(train.length + test.length, 7);
  assert.deepEqual(notes.notTaken, [
    {extension: ".bmp", files: 4},
    {extension: ".jp2", files: 2},
    {extension: "", files: 1}
  ]);
});

test("collections from elsewhere tell it too", () => {
  const names = ["No_findings/1_0.png", "Pneumonia/2_0.dcm", "Pneumonia/3_0.bmp"];
  const folder = folderOf(Object.fromEntries(names.map((name) => [`nih/images/${name}`, ""])));
  const {test, notes} = openExternal("nih", folder);
  assert.deepEqual(
    test.map(({id}) => id.file),
    names.slice(0, 2)
  );
  assert.deepEqual(notes.notTaken, [{extension: ".bmp", files: 1}]);
});

test("of files and folders that somebody gave, the folders tell what is not taken", () => {
  const folder = folderOf({"a.png": "", "b.bmp": "", "c.heic": ""});
  const loose = join(folderOf({"d.bmp": ""}), "d.bmp");
  const images = findImages([folder, loose], []);
  assert.equal(images.length, 2);
  assert.deepEqual(leftInFolders([folder, loose], images), [`${folder}: 2 files are not taken: 1 .bmp, 1 .heic.`]);
  assert.throws(
    () => findImages([resolve(loose, "..")], []),
    /There are no images in [^]*1 file is not taken: 1 \.bmp[^]*DICOM/
  );
});
