import assert from "node:assert/strict";
import {test} from "node:test";
import {
  describeAdultClasses,
  describeAdultTests,
  describeClusters,
  describeCopies,
  describeDuplicates,
  describeNotTaken,
  describePatients,
  describeProblems,
  describeValidation,
  duplicateRows
} from "../../../docs/components/shared/inventory-words.js";
import {inventory} from "../fixtures.js";

const none = {images: 0, width: 0, height: 0, alike: 0};
type Patients = ReturnType<typeof inventory>["patients"];
const series = (name: string | null, shared: number, more: Partial<Patients["bySeries"][number]> = {}) => ({
  ...{series: name, train: 9, test: 9, shared, sameClass: 0, trainImages: shared, testImages: shared},
  ...more
});

test("images that are left out are counted", () => {
  assert.equal(describeProblems(inventory({})), "Every listed image could be read.");
  const problem = {split: "train", row: 1, file: "a.png", class: "viral", reason: "missing"};
  assert.equal(describeProblems(inventory({problems: [problem]})), "1 listed image could not be read and is left out.");
});

test("files that are none of the images are counted by extension", () => {
  assert.equal(describeNotTaken(inventory({})), "");
  const notTaken = [
    {extension: ".bmp", files: 1200},
    {extension: "", files: 2}
  ];
  assert.equal(
    describeNotTaken(inventory({notTaken})),
    "The folder of the images holds 1,202 other files, which are not taken: 1,200 .bmp and 2 without extension."
  );
  assert.match(describeNotTaken(inventory({notTaken: notTaken.slice(1)})), /2 other files, which are not taken/);
  assert.match(
    describeNotTaken(inventory({notTaken: [{extension: ".bmp", files: 1}]})),
    /1 other file, which is not taken: 1 \.bmp\.$/
  );
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

test("numbers in both splits are told apart by whether they are of one series and of one class", () => {
  const splits = [{...listed("test", [0, 0, 0]), present: 639}];
  const said = (bySeries: Patients["bySeries"], numbers: number, testImages = numbers) =>
    describePatients(inventory({splits, patients: {byClass: [], bySeries, numbers, testImages}}));
  const apart = said([series("IM", 0), series("NORMAL2-IM", 0)], 94, 96);
  assert.match(
    apart,
    /^94 patient numbers occur in both splits, on 96 of 639 test images\. None of them .* one series/
  );
  const within = said([series("IM", 0), series("person", 170, {testImages: 320})], 264, 416);
  assert.match(
    within,
    /^264 .* on 416 of 639 test images\. Within one series of file names \(“person”\) 170 do, on 320 test images/
  );
  assert.match(within, /None of those within one series has the same class in both splits/);
  assert.match(within, /is not known: .* cannot be told from leakage\.$/);
  const sure = said([series(null, 3, {sameClass: 2}), series("person", 2)], 5);
  assert.match(sure, /\(the images in no series and “person”\) 5 do, on 5 test images/);
  assert.match(sure, /Of those within one series, 2 have the same class in both splits/);
  assert.equal(said([series(null, 0)], 0), "No patient number occurs in both splits.");
});

test("classes with fewer patients than test images are named, since intervals take images as independent", () => {
  const classes = [["normal", 12] as const, ["viral", 9] as const];
  const byClass = classes.map(([name, count]) => ({class: name, count, share: 0.5}));
  const splits = [
    {split: "test" as const, listed: 21, present: 21, byClass, unnumbered: [], numbered: none, sizes: []}
  ];
  const patients = {
    ...inventory({}).patients,
    byClass: classes.map(([name]) => ({class: name, train: 9, test: 9}))
  };
  assert.match(describeClusters(inventory({splits, patients})), /there are 12 normal images of 9\. .* too narrow/);
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

const listed = (split: "train" | "test", unnumbered: number[], numbered = none) => ({
  ...{split, listed: 9, present: 9, byClass: [], sizes: [], numbered},
  unnumbered: ["COVID-19", "viral", "bacteria"].map((name, i) => ({class: name, count: unnumbered[i]}))
});

test("the classes of adults are named beside the disease, list by list", () => {
  const splits = [listed("train", [65, 10, 2]), listed("test", [10, 1, 0])];
  assert.equal(
    describeAdultClasses(inventory({splits}), "COVID-19"),
    "beside COVID-19, 10 viral and 2 bacterial in the training list and 1 viral in the test list"
  );
  assert.equal(describeAdultClasses(inventory({splits: [listed("test", [3, 0, 0])]}), "COVID-19"), "");
});

test("test images of adults without the disease are counted", () => {
  const splits = [listed("train", [65, 10, 2]), listed("test", [4, 1, 2])];
  assert.equal(
    describeAdultTests(inventory({splits}), "COVID-19"),
    "Only 3 of the 9 come apart from it: adults without COVID-19 (1 viral and 2 bacterial)."
  );
  assert.equal(describeAdultTests(inventory({splits: [listed("test", [4, 0, 0])]}), "COVID-19"), "");
});

test("children's images of one size are called copies, others are counted", () => {
  const size = {width: 224, height: 224};
  const of = (...numbered: (typeof none)[]) =>
    describeCopies(inventory({splits: numbered.map((one) => listed("train", [0, 0, 0], one))}));
  assert.match(
    of({...size, images: 5, alike: 5}, {...size, images: 3, alike: 3}),
    /all 8 images of children have 224 × 224 pixels: these are copies/
  );
  assert.match(of({...size, images: 5, alike: 4}, {images: 3, alike: 3, width: 9, height: 9}), /, 4 of 8 images/);
  assert.equal(of(none), "");
});
