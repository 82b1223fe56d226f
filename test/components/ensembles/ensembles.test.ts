import assert from "node:assert/strict";
import {test} from "node:test";
import {text, texts} from "../dom.js";
import {judge, mixer, ownResamples, unpack, withImages} from "../../../docs/components/ensembles/images.js";
import {ensembleSliders} from "../../../docs/components/ensembles/sliders.js";
import {ensembleData, ensembleRows, ensembleTable} from "../../../docs/components/ensembles/table.js";
import {describeCheating, describeGain, describeSearch} from "../../../docs/components/ensembles/words.js";
import {bootstrapAll} from "../../../src/lib/measures/bootstrap.js";
import {accuracy, classification, macroF1} from "../../../src/lib/measures/classification.js";
import {confusionMatrix} from "../../../src/lib/measures/confusion.js";
import {mix} from "../../../src/lib/measures/ensemble.js";
import {argmax} from "../../../src/lib/measures/predictions.js";
import {mulberry32} from "../../../src/lib/measures/random.js";
import {about, classes, run} from "../fixtures.js";

const random = mulberry32(8);
const labels = Array.from({length: 60}, (_, i) => (i % 7 ? i % 3 : 3));
const members = [1, 2, 3].map(() =>
  Float32Array.from(
    labels.flatMap((label) => {
      const raw = [0, 1, 2, 3].map((k) => random() + 0.4 * Number(k === label));
      return raw.map((value) => value / raw.reduce((a, b) => a + b));
    })
  )
);
const weights = [0.5, 0.2, 0.3];
const ours = confusionMatrix(labels, argmax(mix(members, weights), 4), 4);

const packed = (values: Float32Array) => Buffer.from(new Uint8Array(values.buffer)).toString("base64");
const artifact = {
  ...{classes, labels, row: labels.map((_, i) => 100 + i), seed: 1},
  members: members.map((values, m) => ({
    run: `m${m}`,
    title: `m${m}`,
    probabilities: packed(values),
    result: run(`m${m}`, about(0.8))
  })),
  ways: []
};
const mixture = mixer(artifact);

test("the page counts and scores a mixture as the study does", () => {
  const judged = judge("mine", mixture(weights), artifact);
  const {macro, weighted, classes: byClass} = classification(ours);
  assert.ok(Math.abs(judged.accuracy.value - accuracy(ours)) < 1e-12, "accuracy");
  assert.ok(Math.abs(judged.macroF1.value - macro.f1) < 1e-12, "macro F1");
  assert.ok(Math.abs(judged.weightedF1.value - weighted.f1) < 1e-12, "weighted F1");
  judged.perClass.forEach(({recall, precision}, k) => {
    assert.ok(Math.abs(recall.k! / recall.n! - byClass[k].recall) < 1e-12, classes[k]);
    assert.ok(Math.abs(precision.k! / precision.n! - byClass[k].precision) < 1e-12, classes[k]);
  });
});

test("the cells of a mixture hold its images by their row in the test list", () => {
  const cells = mixture(weights);
  assert.deepEqual(
    cells.map(({count}) => count),
    ours.flatMap((row) => [...row])
  );
  for (const {actual, rows} of cells) for (const row of rows) assert.equal(classes[labels[row - 100]], actual);
});

test("a member has the images that it gets right and wrong behind its scores", () => {
  const [{result}] = withImages(artifact, mixture).members;
  assert.deepEqual("confusion" in result && result.confusion, mixture([1, 0, 0]));
});

test("the F1 scores of a mixture have the study's bootstrap intervals, with the page's number of resamples", () => {
  const {macroF1: found} = judge("mine", mixture(weights), artifact);
  const [expected] = bootstrapAll((counts) => [macroF1(counts)], ours, {resamples: ownResamples, seed: 1});
  assert.ok(Math.abs(found.low - expected.low) < 1e-12 && Math.abs(found.high - expected.high) < 1e-12);
});

test("probabilities survive their packing", () => {
  assert.deepEqual(unpack(packed(members[0])), members[0]);
});

const results = ["a", "b"].map((id, i) => ({
  run: id,
  title: id,
  probabilities: "",
  leads: i === 1,
  result: {...run(id, about(0.8)), weightedF1: about(0.7 + 0.05 * i)}
}));
const way = (name: string, share: number, value: number) => ({
  way: name,
  title: name,
  weights: [share, 1 - share],
  onTest: name === "on-test",
  result: {...run(name, about(value)), weightedF1: about(value)}
});
const options = {resamples: 10_000};
const ensembles = {
  members: results,
  ways: [way("average", 0.5, 0.76), way("tuned", 0.333, 0.8), way("on-test", 0.1, 0.83)]
};

test("sliders give weights of sum 1, and a rule's button sets them exactly", () => {
  const element = ensembleSliders(ensembles);
  assert.deepEqual(element.value, [0.5, 0.5]);
  let told = 0;
  element.addEventListener("input", () => ++told);
  const [first] = element.querySelectorAll<HTMLInputElement>("input");
  first.value = "100";
  first.dispatchEvent(new window.Event("input", {bubbles: true}));
  assert.deepEqual(element.value, [100 / 150, 50 / 150]);
  assert.deepEqual(texts(element, "output"), ["67%", "33%"]);
  element.querySelectorAll("button")[1].click();
  assert.deepEqual([element.value, told], [[0.333, 0.667], 2]);
  for (const slider of element.querySelectorAll<HTMLInputElement>("input")) slider.value = "0";
  first.dispatchEvent(new window.Event("input", {bubbles: true}));
  assert.deepEqual(element.value, [0.5, 0.5]);
});

test("the table sets apart what has seen the answers", () => {
  const yours = {...run("Your weights", about(0.7)), accuracy: {...about(0.75), k: 6, n: 8}};
  const rows = ensembleRows(ensembles, {weights: [0.25, 0.75], run: yours});
  const table = ensembleTable(rows, options);
  assert.deepEqual(texts(table, "tbody th"), [
    "Your weights",
    "average",
    "tuned",
    "on-testknows the answers: not a result",
    "a",
    "b"
  ]);
  assert.deepEqual(texts(table, "tbody tr:first-child td").slice(0, 2), ["25%, 75%", "0.75 (0.73–0.77) 6/8"]);
  assert.equal(text(table.querySelector("tbody tr:last-child td")), "alone");
  assert.equal(ensembleData(rows)[0].weights, "0.25 0.75");
  const [own, theirs] = [0, 3].map((i) => table.querySelectorAll(".lens-number")[i].getAttribute("aria-description"));
  assert.match(own!, /^6 of 8 test images are predicted right\..*Wilson’s/);
  assert.match(theirs!, /^7 of 8/);
  const [, ownF1] = table.querySelectorAll(".lens-number");
  assert.match(ownF1.getAttribute("aria-description")!, /1,000 bootstrap resamples/);
});

test("the words name the member that is best on validation, and what cheating seems to gain", () => {
  const words = (value: Element | string) => (typeof value === "string" ? value : text(value));
  const gain = describeGain(ensembles, options);
  assert.match(
    words(gain),
    /of 0\.80 \(0\.78–0\.82\) ?; the member that is best on validation, b, has 0\.75 .* do not overlap: together .* better/
  );
  assert.equal((gain as Element).querySelectorAll(".lens-number").length, 2);
  assert.match(words(describeCheating(ensembles, options)), /of 0\.830 ?, those tuned on validation 0\.800 ?\./);
  assert.match(words(describeGain({members: [], ways: []}, options)), /nothing to join yet/);
  assert.equal(describeCheating({members: [], ways: []}, options), "");
});

test("readers are told how finely weights were searched", () => {
  assert.match(
    describeSearch({grid: {resolution: 20, points: 10626}}),
    /^all 10,626 ways to share out the weight in steps of 1\/20 are tried/
  );
});
