import assert from "node:assert/strict";
import {test} from "node:test";
import {text, texts} from "../dom.js";
import {casesOf, describeThreshold, prevalenceIn} from "../../../docs/components/network/threshold.js";
import {operatingPoint, outcomesAt} from "../../../src/lib/measures/threshold.js";
import {thresholdFigure} from "../../../docs/components/network/threshold-figure.js";
import {rankingCurves} from "../../../src/lib/measures/ranking.js";
import {atTemperature} from "../../../src/lib/measures/temperature.js";
import {mulberry32} from "../../../src/lib/measures/random.js";
import {about, classes, run} from "../fixtures.js";

const near = (a: number, b: number, tolerance = 1e-9) => assert.ok(Math.abs(a - b) < tolerance, `${a} is not ${b}`);

const random = mulberry32(5);
const actual = Array.from({length: 90}, (_, i) => (i % 9 ? 1 + (i % 3) : 0));
const probabilities = actual.map((label) => {
  const raw = classes.map((_, k) => random() ** 3 + 0.4 * Number(k === label));
  return raw.map((value) => value / raw.reduce((a, b) => a + b));
});
const predictions = {row: actual.map((_, i) => 100 + i), actual, predicted: actual, probabilities};

test("a case is of the class or not, and its probability is that at the temperature", () => {
  for (const temperature of [0.5, 1, 2.5]) {
    const cases = casesOf(predictions, 2, temperature);
    cases.forEach(({image, probability, isOfClass}, i) => {
      near(probability, atTemperature(probabilities[i], classes.length, temperature)[2]);
      assert.deepEqual([image, isOfClass], [100 + i, actual[i] === 2]);
    });
  }
  near(casesOf(predictions, 1)[7].probability, probabilities[7][1]);
});

test("at every threshold, sensitivity and specificity lie on the curve of the ranking", () => {
  const {roc} = rankingCurves(Float32Array.from(probabilities.flat()), Int32Array.from(actual))[0];
  for (const threshold of [0.05, 0.2, 0.4, 0.8]) {
    const {sensitivity, specificity} = operatingPoint(outcomesAt(casesOf(predictions, 0), threshold), 0.1);
    const [x, y] = [1 - specificity.value, sensitivity.value];
    // Between two corners, straight.
    const off = roc.slice(1).map((to, i) => {
      const [dx, dy] = [to.falsePositiveRate - roc[i].falsePositiveRate, to.truePositiveRate - roc[i].truePositiveRate];
      const [right, up] = [x - roc[i].falsePositiveRate, y - roc[i].truePositiveRate];
      const beyond = Math.max(0, -right, -up, right - dx, up - dy);
      return beyond + Math.abs(right * dy - up * dx);
    });
    near(Math.min(...off), 0);
  }
});

test("every image is on one side, by its row", () => {
  const outcomes = outcomesAt(casesOf(predictions, 0), 0.3);
  const rows = Object.values(outcomes).flat();
  assert.deepEqual(
    rows.sort((a, b) => a - b),
    predictions.row
  );
  assert.ok(
    outcomes.truePositives.every((row) => actual[row - 100] === 0),
    "true positives are of the class"
  );
});

test("at the prevalence of the images, predictive values are the shares of those that are called so", () => {
  const outcomes = outcomesAt(casesOf(predictions, 0), 0.3);
  const {positive, negative} = operatingPoint(outcomes, prevalenceIn(actual, 0));
  const [tp, fn, fp, tn] = Object.values(outcomes).map((rows) => rows.length);
  near(positive.value, tp / (tp + fp));
  near(negative.value, tn / (tn + fn));
  assert.ok(positive.low < positive.value && positive.value < positive.high, "the interval holds the value");
});

test("the intervals of the predictive values hold the true ones at least as often as they claim", () => {
  const [sensitivity, specificity, prevalence, trials] = [0.8, 0.93, 0.02, 400];
  const truth = (sensitivity * prevalence) / (sensitivity * prevalence + (1 - specificity) * (1 - prevalence));
  const draw = (n: number, p: number) => Array.from({length: n}, (_, i) => i).filter(() => random() < p);
  let held = 0;
  for (let trial = 0; trial < trials; ++trial) {
    const [tp, tn] = [draw(12, sensitivity), draw(80, specificity)];
    const rest = (all: number, some: number[]) => new Array<number>(all - some.length).fill(0);
    const outcomes = {
      truePositives: tp,
      falseNegatives: rest(12, tp),
      falsePositives: rest(80, tn),
      trueNegatives: tn
    };
    const {positive} = operatingPoint(outcomes, prevalence);
    held += Number(positive.low <= truth && truth <= positive.high);
  }
  assert.ok(held / trials >= 0.95, `${held} of ${trials}`);
});

test("where nothing is called positive, there is no positive predictive value, and the words say so", () => {
  const point = operatingPoint(outcomesAt(casesOf(predictions, 0), 1), 0.1);
  assert.ok(Number.isNaN(point.positive.value));
  assert.deepEqual([point.positive.low, point.positive.high], [0, 1]);
  assert.match(
    describeThreshold(point, 0.1, "COVID-19"),
    /misses 100, and 0\.0 of the others .* No alarm is raised\.$/
  );
});

test("alarms of which none is right are told from no alarms", () => {
  const none = {...outcomesAt(casesOf(predictions, 0), 0), truePositives: [], falseNegatives: [1]};
  assert.match(describeThreshold(operatingPoint(none, 0.1), 0.1, "COVID-19"), /No alarm is right\.$/);
});

test("the threshold is put into words at the reader's prevalence", () => {
  const value = (v: number) => ({value: v, low: v, high: v});
  const point = {
    sensitivity: value(0.8),
    specificity: value(0.9),
    positive: value(0.25),
    negative: value(0.99)
  };
  assert.equal(
    describeThreshold(point, 0.04, "viral"),
    "Where 4.0% of radiographs are viral, 40 of 1,000 are: the threshold finds 32 of them and " +
      "misses 8.0, and 96 of the others are false alarms. 4.0 alarms are raised for every one that " +
      "is right."
  );
});

test("the figure counts both sides and shows the images of the cell that is pressed", () => {
  const element = thresholdFigure(
    run("a", about(0.8)),
    {target: "viral", threshold: 0.5, temperature: 1, prevalence: 0.25},
    {classes, sprite: {images: {present: false, cell: 1, columns: 1, row: []}, href: ""}}
  );
  assert.deepEqual(texts(element, ".confusion-count"), ["1", "1", "0", "6"]);
  assert.equal(text(element.querySelector(".panel-heading")), "1 test image of viral, called the rest");
  assert.match(text(element.querySelector(".card-title")), /✗ called the rest$/);
  element.querySelectorAll<HTMLButtonElement>(".confusion-cell")[3].click();
  assert.match(text(element.querySelector(".card-title")), /✓ called the rest$/);
  assert.equal(texts(element, ".card-title").length, 6);
  assert.deepEqual(texts(element, "tbody .remark").slice(1, 2), ["1/2"]);
});
