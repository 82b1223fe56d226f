import assert from "node:assert/strict";
import {test} from "node:test";
import {announced, marks, texts} from "../dom.js";
import {type Epoch, epochCurves} from "../../../docs/components/training/curves.js";
import {describeSpeed, epochColumns, epochRows} from "../../../docs/components/training/epoch-table.js";
import {describeFinder, finderPlot} from "../../../docs/components/training/finder-plot.js";
import {bytes, exponential} from "../../../docs/components/shared/format.js";
import {describeKept, describePhases, phaseColumns} from "../../../docs/components/training/phase-table.js";
import {stepCurve} from "../../../docs/components/training/step-curve.js";
import {dataTable} from "../../../docs/components/shared/table.js";
import type {TrainingPhase} from "../../../src/report/training/artifact.js";

const epochs: Epoch[] = [1, 2, 3].map((epoch) => ({
  epoch,
  phase: epoch < 2 ? "head" : "all",
  size: 128,
  trainLoss: 1 / epoch,
  validationLoss: 1.1 / epoch,
  validationAccuracy: 0.6,
  validationMacroF1: 0.5,
  validationWeightedF1: 0.5 + epoch / 10,
  perClass: [
    {precision: 0.5, recall: 0.4, f1: epoch / 4},
    {precision: null, recall: 0, f1: null}
  ],
  imagesPerSecond: 10 * epoch,
  waiting: 0.01 * epoch,
  seconds: 60,
  peakMemory: 1.25e9,
  selected: epoch === 2
}));

const phase = (more: Partial<TrainingPhase>): TrainingPhase => ({
  phase: "head",
  size: 64,
  firstEpoch: 1,
  lastEpoch: 1,
  firstStep: 0,
  steps: 149,
  peakRate: 5e-3,
  bestEpoch: 1,
  weightedF1: 0.7,
  validationLoss: 0.9,
  imagesPerSecond: 12.34,
  seconds: 90,
  ...more
});
const later = {phase: "all", size: 128, firstEpoch: 2, lastEpoch: 3, firstStep: 149, steps: 1298, bestEpoch: 3};
const phases = [phase({}), phase({...later, weightedF1: 0.75}), phase({...later, phase: "last", weightedF1: 0.74})];

test("curves draw a line a series, name the phases and ring the kept epoch", () => {
  const series = [
    {label: "validation", value: (e: Epoch) => e.validationLoss},
    {label: "training", value: (e: Epoch) => e.trainLoss, dashed: true}
  ];
  const chart = epochCurves(epochs, series, {width: 400, label: "Loss", phases: phases.slice(0, 2)});
  announced(chart);
  assert.equal(marks(chart, "line").length, 2);
  assert.equal(marks(chart, "dot").flatMap((g) => [...g.querySelectorAll("circle")]).length, 1);
  for (const label of ["head", "all", "validation", "training"]) assert.ok(texts(chart, "text").includes(label), label);
  assert.match(chart.getAttribute("aria-description") ?? "", /Kept, epoch 2: validation 0\.550, training 0\.500/);
});

test("a class that was never predicted has no line but a name, and its missing score is said to be missing", () => {
  const series = ["COVID-19", "viral"].map((label, i) => ({
    label,
    value: (e: Epoch) => e.perClass![i].f1,
    stroke: "#d55"
  }));
  const chart = epochCurves(epochs, series, {label: "F1", phases, domain: [0, 1]});
  announced(chart);
  const [known, unknown] = marks(chart, "line").map((g) => g.querySelectorAll("path[d*='L']").length);
  assert.deepEqual([known, unknown ?? 0], [1, 0]);
  assert.match(chart.getAttribute("aria-description") ?? "", /COVID-19 0\.750, viral –/);
});

test("values by step are drawn as one line, with their range in words, on a scale of powers where asked", () => {
  const values = [4e-4, 1e-2, 2e-8];
  for (const log of [false, true]) {
    const chart = stepCurve([0, 149, 800], values, {width: 400, label: "Learning rate", phases, log});
    announced(chart);
    assert.equal(marks(chart, "line").flatMap((g) => [...g.querySelectorAll("path")]).length, 1);
    assert.match(chart.getAttribute("aria-description") ?? "", /^From 2\.0e−8 to 0\.010, over 3 phases\.$/);
    const ticks = texts(chart, "text");
    assert.equal(ticks.includes("1e-6"), log, `${ticks}`);
    assert.ok(ticks.includes("last"));
  }
});

const finder = {
  phase: "head",
  rates: [1e-6, 1e-5, 1e-4, 1e-3],
  losses: [1.5, 1.2, 0.9, 40],
  smoothed: [1.5, 1.35, 1.2, 1.4],
  suggestion: 1e-5
};

test("a finder's plot marks the rate suggested and keeps a diverging batch from squeezing the line", () => {
  const chart = finderPlot(finder, {width: 400});
  announced(chart);
  assert.ok(texts(chart, "text").includes("1.0e−5"));
  assert.equal(marks(chart, "rule").flatMap((g) => [...g.querySelectorAll("line")]).length, 1);
  assert.equal(chart.querySelectorAll("circle").length, 4);
  assert.ok(!texts(chart, "text").some((tick) => Number(tick) >= 10), "the axis ends near the smoothed loss");
  assert.match(
    describeFinder(finder),
    /4 rates from 1\.0e−6 to 1\.0e−3\. .* fastest at 1\.0e−5 .* lowest at 1\.0e−4\.$/
  );
});

test("a search that was too short to suggest a rate says so", () => {
  const short = {...finder, suggestion: null};
  assert.match(describeFinder(short), /too few to suggest one\.$/);
  assert.equal(marks(finderPlot(short), "rule").flatMap((g) => [...g.querySelectorAll("line")]).length, 0);
});

test("the table of phases has one line a phase, with what it was told and what it reached", () => {
  const table = dataTable(phaseColumns, phases, {label: "Phases"});
  assert.deepEqual(texts(table, "tbody th"), ["head", "all", "last"]);
  assert.deepEqual(texts(table, "tbody tr:nth-child(1) td"), [
    "1",
    "64 px",
    "5.0e−3",
    "1",
    "0.700",
    "0.900",
    "12.3",
    "1 min 30 s"
  ]);
  assert.deepEqual(texts(table, "tbody tr:nth-child(2) td").slice(0, 3), ["2–3", "128 px", "5.0e−3"]);
});

test("what each phase changed is said with its direction", () => {
  assert.equal(
    describePhases(phases),
    "Phase “head” reached a weighted F1 of 0.700 on validation; phase “all” raised it by 0.050 to " +
      "0.750 and phase “last” lowered it by 0.010 to 0.740."
  );
  assert.equal(describePhases(phases.slice(0, 1)), "Phase “head” reached a weighted F1 of 0.700 on validation.");
});

test("the table of epochs marks the kept one, and has no column for what was never recorded", () => {
  const rows = [...epochs.slice(0, 2), {...epochs[2], waiting: undefined, peakMemory: undefined}];
  const table = dataTable(epochColumns(rows), rows, {label: "Epochs"});
  assert.deepEqual(texts(table, "tbody th"), ["1", "2 (kept)", "3"]);
  const last = (row: number) => texts(table, `tbody tr:nth-child(${row}) td`).slice(-3);
  assert.deepEqual(last(1), ["10.0", "1.0%", "1.3 GB"]);
  assert.deepEqual(last(3), ["30.0", "–", "–"]);
  const labels = epochColumns(rows.slice(2)).map(({label}) => label);
  assert.deepEqual([labels.length, labels.at(-1)], [7, "Images/s"]);
});

test("a download has the scores of each class in columns of their own", () => {
  const [row] = epochRows(epochs, ["COVID-19", "viral"]);
  assert.deepEqual([row.epoch, "perClass" in row], [1, false]);
  assert.deepEqual(row, {...row, "f1_COVID-19": 0.25, precision_viral: null});
});

test("speed, waiting and memory are put into words as far as they were recorded", () => {
  assert.equal(
    describeSpeed(epochs),
    "The slowest epoch trained on 10.0 images a second (phase “head”), the fastest on 30.0 (phase " +
      "“all”). No epoch waited for images for more than 3.0% of its time. Memory peaked at 1.3 GB."
  );
  const older = epochs.map((epoch) => ({...epoch, waiting: undefined, peakMemory: undefined}));
  assert.match(describeSpeed(older), /\(phase “all”\)\.$/);
});

test("sizes and rates are written short", () => {
  assert.deepEqual([8.14e6, 170e6, 1.94e9, NaN].map(bytes), ["8.1 MB", "170 MB", "1.9 GB", "–"]);
  assert.equal(exponential(0.00123), "1.2e−3");
});

test("the kept epoch is the best of the last phase, which an earlier one may have passed", () => {
  assert.equal(
    describeKept([phase({}), phase({...later, weightedF1: 0.75})]),
    "The weights of epoch 3 were kept, the best on validation of the 2 epochs of the last phase."
  );
  const one = phase({...later, firstEpoch: 3, size: 224, weightedF1: 0.7});
  assert.equal(
    describeKept([phase({bestEpoch: 2, size: 64, weightedF1: 0.715}), one]),
    "The weights of epoch 3 were kept, the only one of the last phase: nothing was chosen. Epoch " +
      "2, on images of 64 pixels, had a higher weighted F1 on validation: 0.715 against 0.700."
  );
});
