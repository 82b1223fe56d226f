import assert from "node:assert/strict";
import {rmSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {openExternal} from "../../src/lib/dataset/external.js";
import {directories} from "../../src/lib/support/paths.js";
import {temporaryFolder, write} from "./fixtures.js";

const table = "patientid,offset,finding,notes\n";

/** A folder of both collections. Files are empty: labels are read without opening any. */
function externalFolder(lines: string): string {
  const folder = temporaryFolder();
  for (const file of ["No_findings/00000002_001.jpg", "No_findings/00000002_000.jpg", "Pneumonia/00000001_000.png"]) {
    write(join(folder, "nih/images", file), "");
  }
  write(join(folder, "nih/images/Pneumonia/notes.txt"), "");
  for (const file of ["COVID-00001.jpg", "COVID-00003a.png", "COVID-00003b.jpg"]) {
    write(join(folder, "figure1/images", file), "");
  }
  write(join(folder, "figure1/metadata.csv"), Buffer.from(table + lines, "latin1"));
  return folder;
}

test("NIH's images have their folder's label and their patient's number, and only validate", () => {
  const {classes, train, test} = openExternal("nih", externalFolder(""));
  assert.deepEqual([classes, train], [["No finding", "Pneumonia"], []]);
  assert.deepEqual(
    test.map(({row, id, label}) => [row, id.file, label, id.patient]),
    [
      [0, "No_findings/00000002_000.jpg", 0, "00000002"],
      [1, "No_findings/00000002_001.jpg", 0, "00000002"],
      [2, "Pneumonia/00000001_000.png", 1, "00000001"]
    ]
  );
});

test("Figure 1's images have the table's finding, whatever the ending of their file and the encoding of the notes", () => {
  const folder = externalFolder("COVID-00001,13,COVID-19,39°\nCOVID-00003a,,,\nCOVID-00003b,,No finding,\n");
  const {classes, test} = openExternal("figure1", folder);
  assert.deepEqual(
    test.map(({id, label}) => [id.file, classes[label], id.patient]),
    [
      ["COVID-00001.jpg", "COVID-19", "COVID-00001"],
      ["COVID-00003a.png", "Not stated", "COVID-00003"],
      ["COVID-00003b.jpg", "No finding", "COVID-00003"]
    ]
  );
});

test("what is wrong with a collection is named, with what to do", () => {
  const open = (lines: string) => openExternal("figure1", externalFolder(lines));
  assert.throws(
    () => open("COVID-00001,,COVID-19,\nCOVID-00003a,,Covid,\n"),
    /metadata\.csv, line 3: the finding "Covid" is not known.\s+Known are COVID-19, Pneumonia, No finding/
  );
  assert.throws(() => openExternal("nih", temporaryFolder()), /are not here: .*nih does not exist.\s+Set EXTERNAL_DIR/);
  const folder = externalFolder("");
  rmSync(join(folder, "figure1/metadata.csv"));
  assert.throws(() => openExternal("figure1", folder), /findings of Figure 1's images are not here/);
  write(join(folder, "figure1/metadata.csv"), "patientid,view\nCOVID-00001,PA\n");
  assert.throws(() => openExternal("figure1", folder), /has no column finding/);
  rmSync(join(folder, "nih/images/Pneumonia"), {recursive: true});
  assert.throws(() => openExternal("nih", folder), /no images in .*Pneumonia/);
});

test(
  "the collections are as their publishers say",
  {skip: process.env.EXTERNAL_DIR ? false : "needs the images of EXTERNAL_DIR"},
  () => {
    const counts = (name: "nih" | "figure1") => {
      const {classes, test} = openExternal(name, directories.external());
      return classes.map((_, k) => test.filter(({label}) => label === k).length);
    };
    assert.deepEqual(counts("nih"), [500, 500]);
    assert.deepEqual(counts("figure1"), [35, 2, 3, 15]);
  }
);
