import assert from "node:assert/strict";
import {test} from "node:test";
import type {Division} from "../../../src/lib/dataset/split.js";
import type {StageContext} from "../../../src/lib/pipeline/index.js";
import {identityOf} from "../../../src/lib/pipeline/keys.js";
import {split} from "../../../src/report/data/dataset.js";
import {study as real} from "../../../src/study.js";

const drawn = (groupByPatient: boolean) => ({
  study: {...real, validation: {fraction: 0.3, seed: 1, groupByPatient}}
});

test("a division by patient keeps together whom one series gives a number to, and nobody else", () => {
  // Numbers 0 to 39, each with two images in each of two series.
  const images = Array.from({length: 160}, (_, i) => i);
  const inventory = {
    title: "toy",
    classes: ["a"],
    splits: {
      train: {
        labels: Int32Array.from(images, () => 0),
        patients: Int32Array.from(images, (i) => i % 40),
        families: Int32Array.from(images, (i) => Number(i >= 80))
      }
    }
  };
  const {train, validation} = split(drawn(true)).run({inventory}, {} as StageContext) as Division;
  const named = (positions: Int32Array, name: (i: number) => unknown) => new Set(Array.from(positions, name));
  const both = (name: (i: number) => unknown) =>
    [...named(train, name)].filter((one) => named(validation, name).has(one)).length;
  assert.equal(
    both((i) => `${Number(i >= 80)} ${i % 40}`),
    0
  );
  assert.ok(both((i) => i % 40) > 0, "a number of two series is on both sides");
});

test("who counts as one patient is part of the question, where it decides", () => {
  assert.deepEqual(split(drawn(false)).params, drawn(false).study.validation);
  assert.notEqual(identityOf(split(drawn(true))), identityOf(split(drawn(false))));
  assert.match(JSON.stringify(split(drawn(true)).params), /by series and number/);
  assert.deepEqual(split({study: real}).params, real.validation);
});
