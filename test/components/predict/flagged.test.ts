import assert from "node:assert/strict";
import {test} from "node:test";
import "../dom.js";
import {candidateRows, candidatesTable} from "../../../docs/components/predict/detector-candidates.js";
import {curveRows, flaggedCurve} from "../../../docs/components/predict/flagged-curve.js";
import {flaggedRows, flaggedTable} from "../../../docs/components/predict/flagged-table.js";
import {describeFlagged} from "../../../docs/components/predict/flagged-words.js";
import type {PlausibilityArtifact} from "../../../src/report/predict/artifact.js";
import {source} from "../fixtures.js";

const estimate = (k: number, n: number) => ({
  value: k / n,
  low: Math.max(0, k / n - 0.02),
  high: Math.min(1, k / n + 0.02),
  k,
  n
});
const group = (side: "frontal" | "other", kind: string, k: number, n: number, taught = false) => ({
  ...{side, kind, taught, pixels: 1, features: k},
  flagged: estimate(k, n)
});
const flagged = (both: number) => ({energy: 1, neighbours: 2, mahalanobis: 3, layers: 4, altered: 5, both});
const network: PlausibilityArtifact["networks"][number] = {
  ...{run: "net-1", title: "Net, ImageNet", source: [source]},
  groups: [
    group("frontal", "covidx", 0, 100),
    group("frontal", "nih", 3, 100),
    group("other", "text", 40, 40),
    group("other", "lateral radiograph", 3, 10),
    group("other", "negated", 50, 50, true)
  ],
  frontal: estimate(3, 200),
  other: estimate(93, 100),
  curve: [
    {tolerated: 0.01, frontal: estimate(1, 200), other: estimate(90, 100)},
    {tolerated: 0.02, frontal: estimate(3, 200), other: estimate(93, 100)}
  ],
  candidates: [
    {side: "frontal", kind: "nih", n: 50, flagged: flagged(2)},
    {side: "other", kind: "text", n: 10, flagged: flagged(10)},
    {side: "other", kind: "noise", n: 10, flagged: flagged(6)}
  ]
};

/** The cells of every row of a table. */
const cellsOf = (table: HTMLElement) =>
  [...table.querySelectorAll("tbody tr")].map((row) =>
    [...row.children].map(({textContent}) => textContent!.replace(/\s+/g, " ").trim()).join(" | ")
  );

test("the sentence names both shares, the collection that suffers most and every kind that falls short", () => {
  const text = describeFlagged(network);
  assert.match(text, /93\.0% \(93\/100\) of what is no.*1\.5% \(3\/200\) of the radiographs/);
  assert.match(text, /NIH ChestX-ray8, 3\.0%/);
  assert.match(text, /1 kind falls short of 95%: lateral radiograph \(3 of 10\)\.$/);
  const better = {...network, groups: network.groups.filter(({kind}) => !/lateral/.test(kind))};
  assert.match(describeFlagged(better), /Of every kind at least 95% are\.$/);
});

test("the table has a row for every group, says what was taught and has as many rows to download", () => {
  const table = flaggedTable(network);
  const rows = cellsOf(table);
  assert.equal(rows.length, network.groups.length);
  assert.match(rows[1], /^Radiographs: NIH ChestX-ray8 \| 3\/100 \| 3\.0% 1\.0%–5\.0% \| 1 \| 3$/);
  assert.match(rows[4], /Negated such changes were taught/);
  assert.doesNotMatch(rows[2], /taught/);
  assert.deepEqual(flaggedRows(network)[3], {
    ...{run: "net-1", side: "other", kind: "lateral radiograph", taught: false, pixels: 1, features: 3},
    ...{flagged: 3, images: 10, low: 0.3 - 0.02, high: 0.3 + 0.02}
  });
});

test("the curve has a point for every limit and rings the one that holds", () => {
  const chart = flaggedCurve(network, {tolerated: 0.02});
  assert.equal(chart.getAttribute("role"), "img");
  assert.match(chart.getAttribute("aria-description")!, /0\.5% of radiographs, 90\.0% of all else; 1\.5% .*93\.0%/);
  assert.equal(chart.querySelectorAll("circle").length, network.curve.length + 1);
  for (const circle of chart.querySelectorAll("circle")) {
    const [x, y] = ["cx", "cy"].map((name) => Number(circle.getAttribute(name)));
    assert.ok(x >= 48 && x <= 560 && y >= 26 && y <= 300, `${x}, ${y} is within the axes`);
  }
  assert.equal(curveRows(network)[1].others, 0.93);
});

test("every way to tell has its counts over all kinds and the kind that it finds least of", () => {
  assert.deepEqual(candidateRows(network.candidates).at(-1), {
    ...{way: "both", others_flagged: 16, others: 20, radiographs_flagged: 2, radiographs: 50}
  });
  assert.match(
    cellsOf(candidatesTable(network.candidates)).at(-1)!,
    /80\.0% \(16\/20\) \| noise: 60% \| 4\.0% \(2\/50\)$/
  );
});
