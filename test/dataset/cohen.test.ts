import assert from "node:assert/strict";
import {join} from "node:path";
import {test} from "node:test";
import {openCohen} from "../../src/lib/dataset/cohen.js";
import {temporaryFolder, write} from "./fixtures.js";

function collection(...lines: string[]): string {
  const folder = temporaryFolder();
  write(join(folder, "metadata.csv"), ["image,patientid,finding", ...lines].join("\n"));
  return folder;
}

test("findings count as classes, a finding of several as its first", () => {
  const folder = collection(
    "images/a.jpg,1,COVID-19",
    'images/b.jpg,1,"COVID-19, ARDS"',
    "images/c.jpg,2,E.Coli",
    "images/d.jpg,3,ARDS",
    "images/e.jpg,4,todo"
  );
  const {classes, test} = openCohen(folder);
  assert.deepEqual(
    test.map(({label, id, row}) => [classes[label], id.patient, row]),
    [
      ["COVID-19", "1", 0],
      ["COVID-19", "1", 1],
      ["bacteria", "2", 2],
      ["other pneumonia", "3", 3],
      ["not stated", "4", 4]
    ]
  );
});

test("a finding that is not known, and a table without findings, name the line and what is known", () => {
  assert.throws(
    () => openCohen(collection("images/a.jpg,1,Gout")),
    /line 2: the finding "Gout" is not known[^]*Varicella/
  );
  const folder = temporaryFolder();
  write(join(folder, "metadata.csv"), "image,patientid\n");
  assert.throws(() => openCohen(folder), /has no column finding/);
});
