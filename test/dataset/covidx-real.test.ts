import assert from "node:assert/strict";
import test from "node:test";
import {datasetDigest} from "../../src/lib/dataset/digest.js";
import {takeInventory} from "../../src/lib/dataset/inventory.js";
import {openDataset} from "../../src/lib/dataset/open.js";
import {patientOverlap, patientsOf} from "../../src/lib/dataset/patients.js";
import {readPixels} from "../../src/lib/dataset/pixels.js";
import {validationSplit} from "../../src/lib/dataset/split.js";
import {temporaryFolder} from "./fixtures.js";

const skip = process.env.COVIDX_DIR ? false : "COVIDX_DIR is not set";

test(
  "COVIDx has the published composition, one absent file, and 264 patient numbers in both lists, " +
    "170 of them in one series",
  {skip},
  async () => {
    process.env.CACHE_DIR = temporaryFolder();
    const dataset = await openDataset({name: "covidx"});
    const listed = (["train", "test"] as const).map((split) =>
      dataset.classes.map((_, label) => dataset[split].filter((example) => example.label === label).length)
    );
    assert.deepEqual(listed, [
      [66, 1355, 2540, 1349],
      [10, 149, 246, 234]
    ]);
    assert.deepEqual(dataset.notes, {duplicateLines: [], inBothSplits: []});

    const inventory = await takeInventory(dataset);
    const {splits, families, duplicates, digest} = inventory;
    assert.deepEqual(splits.train.byClass, [65, 1355, 2540, 1349]);
    assert.deepEqual(splits.test.byClass, [10, 149, 246, 234]);
    assert.deepEqual(
      [...splits.train.problems, ...splits.test.problems].map(({file, reason}) => [file, reason]),
      [["covid-19-pneumonia-14-PA.png", "missing"]]
    );
    const {series, numbers, testRows} = patientOverlap(inventory);
    assert.deepEqual([numbers, testRows.length], [264, 416]);
    assert.deepEqual(
      series.map(({family, shared, sameClass, testRows}) => [family, shared, sameClass, testRows.length]),
      [
        [-1, 0, 0, 0],
        [0, 0, 0, 0],
        [1, 0, 0, 0],
        [2, 170, 0, 320]
      ]
    );
    assert.deepEqual(families, ["IM", "NORMAL2-IM", "person"]);
    assert.ok(duplicates.length > 0);
    assert.ok(duplicates.every(({images}) => images.length > 1));
    assert.equal(await datasetDigest(dataset), digest);

    const {pixels} = await readPixels(dataset.test, {size: 64});
    assert.deepEqual([pixels.rows.length, pixels.data.length], [639, 639 * 64 * 64]);
    const grouped = validationSplit(
      {...splits.train, patients: patientsOf(splits.train)},
      {seed: 42, groupByPatient: true}
    );
    const counts = [0, 0, 0, 0];
    for (const i of grouped.validation) counts[splits.train.labels[i]] += 1;
    [6.5, 135.5, 254, 134.9].forEach((ideal, label) =>
      assert.ok(Math.abs(counts[label] - ideal) < 4, `class ${label}: ${counts[label]}`)
    );
  }
);
