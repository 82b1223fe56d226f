import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {toRows} from "../../src/lib/dataset/rows.js";
import {openDataset} from "../../src/lib/dataset/open.js";
import {study2020Split} from "../../src/lib/dataset/study-2020-split.js";
import type {Inventory} from "../../src/lib/dataset/types.js";
import {fromPublished} from "../../src/lib/pipeline/codec.js";
import {UserError} from "../../src/lib/support/errors.js";
import {fromRoot} from "../../src/lib/support/paths.js";

type Json = Parameters<typeof fromPublished>[0];
const json = (...path: string[]) => JSON.parse(readFileSync(join(...path), "utf8")) as Record<string, unknown>;
const inventory = () =>
  fromPublished(json(fromRoot("data/published/inventory/covidx.json")).value as Json) as unknown as Inventory;
const {REFERENCE_DIR: reference, COVIDX_DIR: covidx} = process.env;

const countByClass = ({classes, splits: {train}}: Inventory, positions: Int32Array) =>
  Object.fromEntries(classes.map((name, c) => [name, positions.filter((i) => train.labels[i] === c).length]));

test("the study of 2020 validates on 531 images, and all others that are present train", () => {
  const covidx = inventory();
  const {train, validation} = study2020Split(covidx);
  assert.deepEqual(countByClass(covidx, validation), {"COVID-19": 7, bacteria: 254, normal: 135, viral: 135});
  assert.equal(train.length + validation.length, covidx.splits.train.present);
  assert.deepEqual(
    [...train, ...validation].sort((a, b) => a - b),
    [...covidx.splits.train.rows.keys()]
  );
});

test("the rows are the study's", {skip: reference ? false : "REFERENCE_DIR is not set"}, () => {
  const covidx = inventory();
  const {rows} = json(reference!, "study_2020_validation_rows.json") as {rows: number[]};
  assert.deepEqual(
    Array.from(study2020Split(covidx).validation, (i) => covidx.splits.train.rows[i]),
    rows
  );
});

test("the real list is the one that the rows are of", {skip: covidx ? false : "COVIDX_DIR is not set"}, async () => {
  const {title, classes, train} = await openDataset({name: "covidx"});
  const columns = {rows: toRows(Int32Array.from(train, (e) => e.row)), labels: Int32Array.from(train, (e) => e.label)};
  const listed = {...inventory().splits.train, ...columns, problems: []};
  const {validation} = study2020Split({title, classes: [...classes], splits: {...inventory().splits, train: listed}});
  assert.equal(validation.length, 531);
});

test("a list in another order, or of other classes, is refused with what to do", () => {
  const swapped = inventory();
  const {labels} = swapped.splits.train;
  const other = labels.findIndex((label) => label !== labels[0]);
  [labels[0], labels[other]] = [labels[other], labels[0]];
  const renamed = {...inventory(), classes: ["COVID-19", "bacteria", "viral", "normal"]};
  for (const list of [swapped, renamed]) {
    assert.throws(
      () => study2020Split(list),
      (error) => error instanceof UserError && /is another\.\n.*validation to \{fraction/.test(error.message)
    );
  }
});
