import type {EstimateWith} from "../../../src/lib/measures/interval.js";
import assert from "node:assert/strict";
import {test} from "node:test";
import {announced, marks, text, texts} from "../dom.js";
import {externalBars} from "../../../docs/components/external/bars.js";
import {covidLegend, covidRows, externalCovid} from "../../../docs/components/external/covid.js";
import {describeCollection, shownFirst, takenRows} from "../../../docs/components/external/groups.js";
import {missingRuns} from "../../../docs/components/external/missing.js";
import {describePairs, pairLines, pairTable} from "../../../docs/components/external/pairs.js";
import {externalTable, externalTableRows} from "../../../docs/components/external/table.js";
import {concludeCovid, describeCovid, describeNormal} from "../../../docs/components/external/words.js";
import type {ExternalArtifact, ExternalRun} from "../../../src/report/external/artifact.js";
import {about, classes, source} from "../fixtures.js";

const of = (k: number, n: number): EstimateWith<"k" | "n"> => ({
  value: k / n,
  low: Math.max(0, k / n - 0.1),
  high: k / n + 0.1,
  k,
  n
});

/** A group whose images are taken for COVID-19, or else for normal. */
const group = (collection: string, label: string, covid: number, images: number) => ({
  ...{collection, label, images, patients: null},
  takenFor: [of(covid, images), of(0, images), of(0, images), of(images - covid, images)]
});

/** A network that calls so many of Figure 1's COVID-19 and of NIH's healthy COVID-19, of a hundred each. */
const network = (
  name: string,
  {recall = 80, alarms = 20, leads = false, nih = 0.7, ensemble = false, start = "ImageNet"}
): ExternalRun => ({
  ...{run: name, title: name, ensemble, leads, source: [source], network: "Net", start},
  groups: [
    group("home", "COVID-19", 9, 10),
    group("home", "normal", 0, 234),
    group("nih", "No finding", alarms, 100),
    group("figure1", "COVID-19", recall, 100)
  ],
  areas: [
    {collection: "home", area: about(0.95)},
    {collection: "nih", area: about(nih)},
    {collection: "figure1", area: null}
  ]
});

const collection = (name: string, title: string, left = {train: 0, test: 0, own: 0}) => ({
  ...{collection: name, title, images: 1000, width: 320, height: 300, patients: 680, left, source: [source]}
});

const runs = [network("A", {}), network("B", {alarms: 75, leads: true, nih: 0.51})];
const pair = (name: string, label: string, value: number, area: number | null) => ({
  ...{title: "A", start: "ImageNet", collection: name, source, area: area === null ? null : {...about(area), p: 0.1}},
  groups: [{label, difference: {...about(value), p: 0.1}}]
});
const artifact: ExternalArtifact = {
  classes,
  runs,
  collections: [collection("nih", "NIH"), collection("figure1", "Figure 1", {train: 1, test: 0, own: 2})],
  pairs: [pair("nih", "No finding", -0.1, 0.01), pair("figure1", "COVID-19", 0.2, null)],
  missing: []
};

test("every group is a bar with its counts, and every network four shares of COVID-19", () => {
  const bars = externalBars(artifact, runs[0], {width: 600});
  announced(bars);
  assert.equal(marks(bars, "bar").flatMap((mark) => [...mark.querySelectorAll("rect")]).length, 16);
  assert.match(bars.getAttribute("aria-description")!, /NIH: no finding \(100\) as COVID-19: 20\.0% \(20\/100\)/);
  assert.match(bars.getAttribute("aria-description")!, /Test images: normal \(234\) as Normal: 100\.0%/);
  const dots = externalCovid(runs, {width: 600, classes});
  announced(dots);
  assert.equal(marks(dots, "dot").flatMap((mark) => [...mark.querySelectorAll("path")]).length, 8);
  assert.equal(texts(covidLegend(), "span").length, 4);
  assert.deepEqual([covidRows(runs, classes).length, takenRows(artifact, runs[0]).length], [8, 16]);
});

test("the table has counts with intervals, and the areas at home and elsewhere", () => {
  const table = externalTable(runs, classes);
  assert.deepEqual(texts(table, "tbody tr:first-child td").slice(1, 5), [
    "80/10070%–90%",
    "0/2340%–10%",
    "20/10010%–30%",
    "80/10070%–90%"
  ]);
  assert.deepEqual(texts(table, "tbody tr:first-child td").slice(5), ["0.950.93–0.97", "0.700.68–0.72"]);
  assert.equal(externalTableRows(runs, classes)[1].nih_healthy_k, 75);
});

test("the single network that is best on validation is shown first", () => {
  const ensemble = network("E", {ensemble: true});
  assert.equal(shownFirst([ensemble, ...runs])?.run, "B");
  assert.equal(shownFirst([]), undefined);
});

test("a collection is described with what is left out of it and why", () => {
  const [nih, figure1] = ["nih", "figure1"].map((name) => describeCollection(artifact, name));
  assert.equal(nih, "1,000 images of 680 patients, in the median 320 × 300 pixels.");
  assert.match(figure1, /pixels; not counted: 1 that the study’s training list holds too and 2 that repeat others\.$/);
  assert.equal(describeCollection({collections: []}, "nih"), "");
});

test("the words follow the intervals", () => {
  const words = describeCovid(artifact);
  assert.match(words, /^B, the single run .* takes 80\.0% \(80\/100\) of Figure 1’s COVID-19 images/);
  assert.match(words, /between 20\.0% and 75\.0% of NIH’s adults/);
  assert.match(words, /Over 2 runs of 1 network, .* do not overlap, in 1 of 2 runs;/);
  const concluded = (options: Parameters<typeof network>[1]) => concludeCovid({classes, runs: [network("C", options)]});
  assert.match(
    concluded({alarms: 5}),
    /^In 1 of 1 run of 1 network these images show no more false alarms among adults/
  );
  assert.match(
    concluded({recall: 99, alarms: 75}),
    /enough to raise .* the one run from ImageNet take more than half .* That 1 run calls COVID-19 more often still/
  );
  assert.match(
    concluded({recall: 30, alarms: 30}),
    /none of the 1 run from ImageNet take more than half .* In 1 run, the intervals do not show that it is called more often in Figure 1/
  );
  const starts = [
    ...["a", "b"].map((name) => network(name, {alarms: 90})),
    ...["c", "d"].map((name) => network(name, {alarms: 30, start: "random"}))
  ];
  assert.match(
    concludeCovid({classes, runs: starts}),
    /In 4 of 4 runs of 1 network, .* all 2 runs from ImageNet and none of the 2 from random weights take more than half/
  );
  assert.match(
    concludeCovid({classes, runs: [...starts, network("e", {alarms: 90, start: "random"})]}),
    /all 2 runs from ImageNet and 1 of the 3 from random weights take/
  );
  assert.match(describeCovid({classes, runs: []}), /No run has a result/);
  assert.match(
    describeNormal(artifact),
    /it is 0\.51 to 0\.70: lower, .*, in 2 of 2 runs of 1 network, and in 1 no better than chance \(in 0 of these/
  );
  assert.equal(describeNormal({runs: []}), "");
});

test("pairs are told by the sign that their intervals allow", () => {
  assert.match(
    describePairs(artifact),
    /found is higher in 1, lower in 0 and unclear in 0; .* COVID-19 is higher in 0, lower in 1/
  );
  assert.match(describePairs({pairs: []}), /both starts/);
  assert.deepEqual(texts(pairTable(artifact.pairs), "tbody td"), [
    "+0.20 (0.18 to 0.22)",
    "−0.10 (−0.12 to −0.08)",
    "+0.01 (−0.01 to 0.03)"
  ]);
  assert.equal(pairLines(artifact.pairs).length, 1);
  assert.equal(text(pairTable([]).querySelector("tbody")), "");
});

test("runs without a result are folded, together with others that need the same", () => {
  const needs = (title: string, missing: string) => ({title, missing});
  const element = missingRuns([
    needs("A", "No weights.\n  Fetch them."),
    needs("B", "No data."),
    needs("C", "No weights.")
  ]);
  assert.equal(element.tagName, "DETAILS");
  assert.match(text(element.querySelector("summary")), /^3 runs without a result/);
  assert.deepEqual(texts(element, "li"), ["No weights. A; C", "No data. B"]);
});
