import assert from "node:assert/strict";
import {test} from "node:test";
import {
  describeBalance,
  describeDataset,
  describeDiverged,
  describeDivision,
  describeFitted
} from "../../../docs/components/shared/dataset-words.js";
import {study, summary} from "../fixtures.js";

const declared = study([]);

test("only images that are not those of the published report are introduced, and a small study as one", () => {
  assert.deepEqual(describeDataset(declared), []);
  const [drawn, look] = describeDataset({dataset: {name: "phantom", title: "Phantoms"}, firstLook: true});
  assert.match(drawn, /drawn by a program/);
  assert.match(look, /first look.*--full/);
  assert.match(describeDataset({dataset: {name: "folder", title: "mine"}, firstLook: false}).join(), /folder “mine”/);
  assert.deepEqual(describeDataset({dataset: {name: "constructor", title: ""}, firstLook: false}), []);
});

test("trainings that diverged are named with what shows it", () => {
  const runs = [summary("a", "random"), summary("b", "random", {diverged: "The training diverged: 4280."})];
  assert.deepEqual(describeDiverged({runs}), ["b: The training diverged: 4280. Its results say nothing of its start."]);
});

test("settings that follow the number of images are told where they are shown", () => {
  const fitted = [
    {setting: "batchSize", words: "Batches of 10."},
    {setting: "components", words: "11 components."}
  ] as const;
  assert.equal(describeFitted({fitted: [...fitted]}, "components", "neighbours"), "11 components.");
  assert.equal(describeFitted({fitted: []}, "components"), "");
});

test("test images are either set apart by the dataset or drawn by chance", () => {
  assert.match(describeDivision({testShare: null}), /sets apart as such/);
  assert.match(describeDivision({testShare: 0.2}), /20% of each class, drawn by chance/);
});

const split = (name: "train" | "test", shares: Record<string, number>) => ({
  ...{split: name, listed: 100, present: 100, unnumbered: [], sizes: []},
  numbered: {images: 0, width: 0, height: 0, alike: 0},
  byClass: Object.entries(shares).map(([of, share]) => ({class: of, count: 100 * share, share}))
});
const balance = (train: Record<string, number>, test: Record<string, number>) =>
  describeBalance({splits: [split("train", train), split("test", test)]});

test("which class is rare is read from the counts", () => {
  assert.equal(
    balance({"COVID-19": 0.01, viral: 0.3, bacteria: 0.69}, {"COVID-19": 0.02, viral: 0.4, bacteria: 0.58}),
    "COVID-19 is by far the rarest class in both splits, and the classes are not balanced alike: " +
      "shares differ between training and test."
  );
  assert.equal(
    balance({alpha: 0.5, beta: 0.5}, {alpha: 0.5, beta: 0.5}),
    "All classes are about as frequent in both splits."
  );
  assert.equal(
    balance({alpha: 0.4, beta: 0.6}, {alpha: 0.4, beta: 0.6}),
    "Alpha is the rarest class in both splits; shares are alike in training and test."
  );
  assert.match(
    balance({alpha: 0.4, beta: 0.6}, {alpha: 0.7, beta: 0.3}),
    /^The rarest class is alpha in training and beta in test, and the classes are not balanced alike/
  );
});
