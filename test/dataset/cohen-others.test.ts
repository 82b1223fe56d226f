import assert from "node:assert/strict";
import {join} from "node:path";
import {after, test} from "node:test";
import {openCohenOthers} from "../../src/lib/dataset/cohen-others.js";
import {temporaryFolder, write} from "./fixtures.js";

const before = process.env.COVIDX_DIR;
after(() => {
  if (before === undefined) delete process.env.COVIDX_DIR;
  else process.env.COVIDX_DIR = before;
});

test("patients of whom COVIDx has an image, by whatever extension, are left out with all their images", () => {
  const [covidx, cohen] = [temporaryFolder(), temporaryFolder()];
  process.env.COVIDX_DIR = covidx;
  write(join(covidx, "train_split.txt"), "1 a.jpeg COVID-19\n");
  write(join(covidx, "test_split.txt"), "2 b.jpg viral\n");
  write(
    join(cohen, "metadata.csv"),
    [
      "image,patientid,finding",
      "images/a.jpg,1,",
      "images/a2.jpg,1,",
      "images/b.jpg,2,",
      "images/c.jpg,3,",
      "images/d.jpg,3,"
    ].join("\n")
  );
  const {test: others, train} = openCohenOthers(cohen);
  assert.deepEqual(
    others.map(({id, row, path}) => [id.file, id.patient, row, path]),
    [
      ["c.jpg", "3", 0, join(cohen, "images/c.jpg")],
      ["d.jpg", "3", 1, join(cohen, "images/d.jpg")]
    ]
  );
  assert.equal(train.length, 0);
});

test("without the collection it is told where it should be", () => {
  assert.throws(() => openCohenOthers(join(temporaryFolder(), "absent")), {
    name: "UserError",
    message: /metadata\.csv does not exist[^]*EXTERNAL_DIR/
  });
});
