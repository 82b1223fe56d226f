import assert from "node:assert/strict";
import {test} from "node:test";
import {text, texts} from "./dom.js";
import {estimatesOf, mixedConfusion, scoresOf, unpack} from "../../docs/components/ensemble-arithmetic.js";
import {ensembleSliders} from "../../docs/components/ensemble-sliders.js";
import {ensembleData, ensembleRows, ensembleTable} from "../../docs/components/ensemble-table.js";
import {describeCheating, describeGain} from "../../docs/components/ensemble-words.js";
import {bootstrapAll} from "../../src/lib/evaluation/bootstrap.js";
import {accuracy, classification, macroF1} from "../../src/lib/evaluation/classification.js";
import {confusionMatrix} from "../../src/lib/evaluation/confusion.js";
import {mix} from "../../src/lib/evaluation/ensemble.js";
import {argmax} from "../../src/lib/evaluation/predictions.js";
import {mulberry32, stream} from "../../src/lib/support/random.js";
import {about, run} from "./fixtures.js";

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

test("the page counts and scores a mixture as the study does", () => {
  const theirs = mixedConfusion(members, weights, labels);
  assert.deepEqual(theirs, ours);
  const {macro, weighted} = classification(ours);
  const scores = scoresOf(theirs);
  assert.ok(Math.abs(scores.accuracy - accuracy(ours)) < 1e-12);
  assert.ok(Math.abs(scores.macroF1 - macro.f1) < 1e-12);
  assert.ok(Math.abs(scores.weightedF1 - weighted.f1) < 1e-12);
});

test("the page's intervals are the study's bootstrap, number by number", () => {
  const [expected] = bootstrapAll((counts) => [macroF1(counts)], ours, {resamples: 200, seed: 1});
  const {macroF1: found} = estimatesOf(ours, {randomState: stream(1, "bootstrap").state, resamples: 200});
  assert.ok(Math.abs(found.low - expected.lower) < 1e-12 && Math.abs(found.high - expected.upper) < 1e-12);
});

test("a class that is neither true nor predicted has an F1 of 0", () => {
  assert.equal(scoresOf([[2, 0], [0, 0]]).macroF1, 0.5); // prettier-ignore
});

test("probabilities survive their packing", () => {
  const packed = Buffer.from(new Uint8Array(members[0].buffer)).toString("base64");
  assert.deepEqual(unpack(packed), members[0]);
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
  const scores = {accuracy: about(0.75), macroF1: about(0.7), weightedF1: about(0.72)};
  const rows = ensembleRows(ensembles, {weights: [0.25, 0.75], scores});
  const table = ensembleTable(rows);
  assert.deepEqual(texts(table, "tbody th"), [
    "Your weights",
    "average",
    "tuned",
    "on-testknows the answers: not a result",
    "a",
    "b"
  ]);
  assert.deepEqual(texts(table, "tbody tr:first-child td").slice(0, 2), ["25%, 75%", "0.75 (0.73–0.77)"]);
  assert.equal(text(table.querySelector("tbody tr:last-child td")), "alone");
  assert.equal(ensembleData(rows)[0].weights, "0.25 0.75");
});

test("the words name the member that is best on validation, and what cheating seems to gain", () => {
  assert.match(
    describeGain(ensembles),
    /of 0\.80 \(0\.78–0\.82\); the member that is best on validation, b, has 0\.75 .* do not overlap: together .* better/
  );
  assert.match(describeCheating(ensembles), /of 0\.830, 0\.030 above/);
  assert.match(describeGain({members: [], ways: []}), /nothing to join yet/);
  assert.equal(describeCheating({members: [], ways: []}), "");
});
