import assert from "node:assert/strict";
import {test} from "node:test";
import {texts} from "./dom.js";
import {costPlot, costRows} from "../../docs/components/cost-plot.js";
import {
  milliseconds,
  networkCostColumns,
  networkCostRows,
  runCostColumns,
  runCostRows
} from "../../docs/components/cost-table.js";
import {dataTable} from "../../docs/components/table.js";
import type {CostArtifact} from "../../src/loaders/types.js";
import {about, source} from "./fixtures.js";

const network = {model: "net", title: "Net", cost: {parameters: 2e6, macs: 1e9}, bytes: 8e6, source: [source]};
const time = (batch: number, median: number) => ({batch, median, lower: median - 1, upper: median + 2});
const run = (id: string, leads: boolean) => ({
  ...{
    run: id,
    title: id,
    model: "net",
    leads,
    epochs: 8,
    seconds: 754,
    imagePasses: 38_144,
    macroF1: about(0.8),
    source
  }
});
const artifact: CostArtifact = {
  networks: [
    {...network, inference: [time(1, 30), time(32, 4.2)], size: 224, backend: "tensorflow", device: "a CPU"},
    {...network, model: "other", title: "Other", inference: null, size: null}
  ],
  runs: [run("a", true), run("b", false)]
};

test("times are medians with quartiles, and one that was not measured says so", () => {
  assert.equal(milliseconds(artifact.networks[0], 32), "4.20 (3.20–6.20)");
  assert.equal(milliseconds(artifact.networks[1], 1), "not measured");
  const table = dataTable(networkCostColumns, artifact.networks, {label: "Cost"});
  assert.deepEqual(texts(table, "tbody tr:first-child td"), ["2.00 M", "1.00 G", "8.00 MB", "30.0 (29.0–32.0)", "4.20 (3.20–6.20)", "tensorflowa CPU, images of 224 px"]); // prettier-ignore
  assert.equal(networkCostRows(artifact.networks)[0].parameters, 2e6);
});

test("a run is told by epochs, images and time", () => {
  const table = dataTable(runCostColumns, artifact.runs, {label: "Runs"});
  assert.deepEqual(texts(table, "tbody tr:first-child td"), ["8", "38.1 k", "12 min 34 s", "0.80"]);
  assert.equal(runCostRows(artifact.runs).length, 2);
});

test("the best run of each start is drawn against the price that is asked for, if it is known", () => {
  assert.deepEqual(
    (["macs", "parameters", "milliseconds", "seconds"] as const).map((price) => costRows(artifact, price)[0].price),
    [1e9, 2e6, 4.2, 754]
  );
  assert.equal(costRows({...artifact, networks: artifact.networks.slice(1)}, "macs").length, 0);
  const chart = costPlot(artifact, {price: "macs"});
  assert.equal(chart.querySelectorAll("[data-mark=dot] circle").length, 1);
  assert.match(chart.getAttribute("aria-description") ?? "", /a: 1\.00 G, macro F1 0\.80/);
});
