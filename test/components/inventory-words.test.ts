import assert from "node:assert/strict";
import {test} from "node:test";
import {
  describeClusters,
  describeDuplicates,
  describePatients,
  describeProblems,
  describeValidation,
  duplicateRows
} from "../../docs/components/inventory-words.js";
import {inventory} from "./fixtures.js";

const overlap = (shared: number, sharedSameFamily: number) => ({
  class: "normal",
  trainPatients: 9,
  testPatients: 9,
  shared,
  sharedSameFamily
});

test("images that are left out are counted", () => {
  assert.equal(describeProblems(inventory({})), "Every listed image could be read.");
  const problem = {split: "train", row: 1, file: "a.png", class: "viral", reason: "missing"};
  assert.equal(describeProblems(inventory({problems: [problem]})), "1 listed image could not be read and is left out.");
});

test("duplicates are told apart by whether they cross splits or classes", () => {
  const members = [
    {split: "train" as const, row: 1, class: "viral"},
    {split: "test" as const, row: 2, class: "bacteria"}
  ];
  const found = inventory({duplicates: [{members, acrossSplits: true, acrossClasses: true}]});
  assert.match(
    describeDuplicates(found),
    /^There is 1 group .* 1 with images in both splits, 1 with images of different classes/
  );
  assert.deepEqual(duplicateRows(found), [
    {images: "train 1 (viral), test 2 (bacterial)", splits: "both", classes: "different"}
  ]);
  assert.equal(describeDuplicates(inventory({})), "No two images are byte-identical.");
});

test("shared patient numbers are not called leakage where their series differ", () => {
  const text = describePatients(inventory({patientOverlap: [overlap(94, 0), overlap(0, 0)]}));
  assert.match(text, /^94 patient numbers occur in both splits, none of them within the same series/);
  assert.match(
    describePatients(inventory({patientOverlap: [overlap(3, 2)]})),
    /splits, 2 of them within the same series/
  );
  assert.equal(
    describePatients(inventory({patientOverlap: [overlap(0, 0)]})),
    "No patient number occurs in both splits."
  );
});

test("classes with fewer patients than test images are named, since intervals take images as independent", () => {
  const classes = [["normal", 12] as const, ["viral", 9] as const];
  const byClass = classes.map(([name, count]) => ({class: name, count, share: 0.5}));
  const splits = [{split: "test" as const, listed: 21, present: 21, byClass, sizes: []}];
  const patientOverlap = [overlap(0, 0), {...overlap(0, 0), class: "viral"}];
  assert.match(
    describeClusters(inventory({splits, patientOverlap})),
    /there are 12 normal images of 9\. .* too narrow/
  );
  assert.equal(describeClusters(inventory({})), "");
});

test("the validation split says whether patients were kept together", () => {
  assert.match(
    describeValidation(inventory({})),
    /^530 images of the training split .* seed 42, image by image, .*; 4,779 images/
  );
  const grouped = {fraction: 0.1, seed: 1, groupByPatient: true, train: 9, validation: 1};
  assert.match(describeValidation(inventory({validation: grouped})), /all images of a patient on the same side/);
});

test("validation images that an earlier study chose are said to be its own", () => {
  const theirs = {rows: "study-2020" as const, train: 4778, validation: 531};
  assert.match(
    describeValidation(inventory({validation: theirs})),
    /^531 images .* the same ones as in the study of 2020, drawn by class, image by image, .*; 4,778 images/
  );
});
