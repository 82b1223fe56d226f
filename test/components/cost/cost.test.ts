import assert from "node:assert/strict";
import {test} from "node:test";
import {texts} from "../dom.js";
import {costPlot} from "../../../docs/components/cost/plot.js";
import {costRows, type Price, pricesOf} from "../../../docs/components/cost/prices.js";
import {
  describeTimes,
  milliseconds,
  networkTimes,
  runCostColumns,
  runCostRows,
  sizeColumns,
  sizeRows,
  timeColumns,
  timeRows
} from "../../../docs/components/cost/table.js";
import {describeTrainingTimes} from "../../../docs/components/cost/words.js";
import {labelLevels} from "../../../docs/components/shared/label-levels.js";
import {dataTable} from "../../../docs/components/shared/table.js";
import type {CostArtifact} from "../../../src/report/cost/artifact.js";
import {about, run as result, source} from "../fixtures.js";

const network = {model: "net", title: "Net", cost: {parameters: 2e6, macs: 1e9}, bytes: 8e6, source: [source]};
const time = (batch: number, median: number) => ({batch, median, lower: median - 1, upper: median + 2});
const timed = (backend: string, alone: number, together: number) => ({
  ...{backend, device: "a CPU", size: 224},
  measured: [time(1, alone), time(32, together)]
});
const run = (id: string, leads: boolean, more: object = {}) => ({
  ...{run: id, title: id, model: "net", start: "ImageNet", fraction: 1, leads},
  ...{epochs: 8, seconds: 754, imagePasses: 38_144},
  ...{macroF1: about(0.8), weightedF1: about(0.82), accuracy: about(0.84), balancedAccuracy: about(0.86)},
  source,
  ...more
});
const artifact: CostArtifact = {
  networks: [
    {...network, times: [timed("tensorflow", 30, 4.2), timed("wasm", 90, 80)]},
    {...network, model: "other", title: "Other", times: []}
  ],
  runs: [run("a", true), run("b", false)]
};

const [macs] = pricesOf(artifact);

test("a network is told by its size", () => {
  const table = dataTable(sizeColumns, artifact.networks, {label: "Size"});
  assert.deepEqual(texts(table, "tbody tr:first-child td"), ["2.00 M", "1.00 G", "8.00 MB"]);
  assert.equal(sizeRows(artifact.networks)[1].parameters, 2e6);
});

test("times are medians with quartiles, on every backend that was measured", () => {
  const times = networkTimes(artifact.networks);
  const table = dataTable(timeColumns, times, {label: "Time"});
  assert.deepEqual(
    [...table.querySelectorAll("tbody tr")].map((row) => texts(row, "td")),
    [
      ["tensorflowa CPU", "224 px", "30.0 (29.0–32.0)", "4.20 (3.20–6.20)"],
      ["wasma CPU", "224 px", "90.0 (89.0–92.0)", "80.0 (79.0–82.0)"]
    ]
  );
  assert.equal(milliseconds({...times[0], measured: []}, 1), "not measured");
  assert.deepEqual(timeRows(times)[1], {
    ...{model: "net", backend: "wasm", device: "a CPU", size: 224},
    ...{ms_batch1_median: 90, ms_batch1_lower: 89, ms_batch1_upper: 92},
    ...{ms_batch32_median: 80, ms_batch32_lower: 79, ms_batch32_upper: 82}
  });
});

test("a run is told by epochs, images and time", () => {
  const table = dataTable(runCostColumns([result("a", about(0.8)), result("b", about(0.8))], 100), artifact.runs, {
    label: "Runs"
  });
  assert.deepEqual(texts(table, "tbody tr:first-child td"), ["8", "38.1 k", "12 min 34 s", "0.80 (0.78–0.82)"]);
  assert.match(
    table.querySelector(".lens-number")!.getAttribute("aria-description")!,
    /COVID-19 4\/4, .*100 bootstrap/
  );
  assert.equal(runCostRows(artifact.runs).length, 2);
});

test("the best run of each start is drawn against the price that is asked for, if it is known", () => {
  const rows = (price: Price) => costRows(artifact, {price, good: "accuracy"});
  assert.deepEqual(
    pricesOf(artifact).map((price) => rows(price)[0].price),
    [1e9, 2e6, 8e6, 30, 4.2, 90, 80, 38_144, 754]
  );
  assert.equal(pricesOf(artifact)[5].title, "Milliseconds for an image, alone (wasm)");
  const unmeasured = {...artifact, networks: [{...artifact.networks[0], times: []}]};
  assert.equal(pricesOf(unmeasured).length, 5);
  const chart = costPlot(artifact, {price: macs, good: "accuracy", starts: ["random", "ImageNet"]});
  assert.equal(chart.querySelectorAll("[data-mark=dot] path").length, 1);
  assert.match(chart.getAttribute("aria-description") ?? "", /a: 1\.00 G, accuracy 0\.84/);
  assert.equal(macs.title, "Multiplications for an image");
});

test("runs on a part of the images are drawn only against what training costs, and say their share", () => {
  const parts = {...artifact, runs: [run("a", true), run("c", true, {fraction: 0.1, seconds: 80})]};
  const labels = (price: Price) => costRows(parts, {price, good: "macroF1"}).map(({label}) => label);
  assert.deepEqual([labels(macs), labels(pricesOf(parts).at(-1)!)], [["Net"], ["Net", "10%"]]);
});

test("a network has one name above the starts that cost the same", () => {
  const two = {...artifact, runs: [run("a", true), run("b", true, {start: "random"})]};
  const chart = costPlot(two, {price: macs, good: "macroF1", starts: ["random", "ImageNet"]});
  assert.deepEqual(texts(chart, "[data-mark=text] text"), ["Net"]);
});

test("names that would cover each other stand on lines of their own, and turn back at the edge", () => {
  const labels = [
    {x: 300, text: "Far away"},
    {x: 100, text: "Long name"},
    {x: 110, text: "Other"},
    {x: 5, text: "Edge"}
  ];
  const placed = labelLevels(labels, 320);
  assert.deepEqual(
    placed.map(({level}) => level),
    [0, 1, 0, 0]
  );
  assert.deepEqual(
    placed.map(({anchor}) => anchor),
    ["end", "start", "start", "start"]
  );
});

test("no rule leads through a name that runs to the right", () => {
  const labels = [
    {x: 100, text: "COVID-Net"},
    {x: 120, text: "DenseNet-121"},
    {x: 180, text: "Xception"}
  ];
  assert.deepEqual(
    labelLevels(labels, 700).map(({level}) => level),
    [2, 1, 0]
  );
});

test("it is said on what times were measured, and which are missing", () => {
  assert.equal(
    describeTimes([{...artifact.networks[0], times: [timed("tensorflow", 30, 4.2)]}, artifact.networks[1]]),
    "Times were measured with tensorflow on a CPU: they compare networks, not machines. Nobody has " +
      "measured the time of Other yet (npm run study -- --only inference-time)."
  );
  assert.match(describeTimes(artifact.networks), /tensorflow on a CPU and wasm on a CPU: compare only/);
});

test("it is said how far the times of runs that differ in the seed alone lie apart", () => {
  const one = "Times of training depend on the machine and on what else it did meanwhile";
  const shorter = run("c", true, {fraction: 0.1, imagePasses: 3584, seconds: 20});
  assert.equal(describeTrainingTimes([]), `${one}.`);
  assert.equal(describeTrainingTimes([run("a", true), shorter]), `${one}.`);
  assert.equal(
    describeTrainingTimes([run("a", true), run("b", false, {seconds: 216}), shorter]),
    `${one}: for the same 38.1 k image passes, b took 3 min 36 s, a 12 min 34 s.`
  );
});
