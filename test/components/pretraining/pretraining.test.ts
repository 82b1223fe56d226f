import assert from "node:assert/strict";
import {test} from "node:test";
import {text, texts} from "../dom.js";
import {claim, claimTable, countClaims} from "../../../docs/components/claims/claim.js";
import {classGainPlot, classGainRows} from "../../../docs/components/pretraining/class-gains.js";
import {describeRecalls} from "../../../docs/components/pretraining/class-gain-words.js";
import {comparisonRows, comparisonTable, difference, pValue} from "../../../docs/components/claims/comparisons.js";
import {
  changeLine,
  depthChart,
  depthRows,
  pairKinds,
  pairLine
} from "../../../docs/components/pretraining/feature-change.js";
import {agreementFigure, changeFigure} from "../../../docs/components/pretraining/feature-figures.js";
import {describeAgreement, describeChanges} from "../../../docs/components/pretraining/feature-words.js";
import {describeUpdates, fractioned, fractionPlot} from "../../../docs/components/pretraining/fraction-plot.js";
import {describeBudget, epochsCompared} from "../../../docs/components/pretraining/kept-epochs.js";
import {measureColumns, measureRows} from "../../../docs/components/results/measures.js";
import {plannedTable} from "../../../docs/components/results/planned-table.js";
import {deciding, describePair, pretrainingGain} from "../../../docs/components/pretraining/pretraining-gain.js";
import {
  describeBasis,
  describePairs,
  describeProcedures,
  describeSeeds
} from "../../../docs/components/pretraining/pretraining-words.js";
import {curveRows, rankingCurves} from "../../../docs/components/network/ranking-curves.js";
import {epochsInWords, reachRows, reachTable, stepsInWords} from "../../../docs/components/pretraining/reach-table.js";
import {reliabilityDiagram} from "../../../docs/components/network/reliability.js";
import {startCurves} from "../../../docs/components/pretraining/start-curves.js";
import {startLegend} from "../../../docs/components/shared/start-legend.js";
import {startScales, startsOf} from "../../../docs/components/pretraining/starts.js";
import {dataTable} from "../../../docs/components/shared/table.js";
import type {Comparison} from "../../../src/report/results/artifact.js";
import {about, classes, classGains, pair, results, run, source, trained} from "../fixtures.js";

const marks = (chart: Element, name: string, shape: string) =>
  [...chart.querySelectorAll(`[data-mark="${name}"]`)].flatMap((group) => [...group.querySelectorAll(shape)]);

test("seeds decide where there are several, the test images where there is one", () => {
  assert.deepEqual(deciding(pair("a", [0.1, 0.2])).low, 0.01);
  assert.equal(deciding(pair("a", [0.1])).low, 0.05);
  assert.equal(
    describePair(pair("A", [0.1, 0.12])),
    "A from ImageNet: +0.11 (0.01 to 0.20) over 2 seeds, from 0.10 to 0.12"
  );
});

test("the gains are drawn with a dot and a line a seed, and a band for several", () => {
  const chart = pretrainingGain([pair("A", [0.1, 0.2, 0.15]), pair("B", [-0.1])], {width: 600});
  assert.equal(marks(chart, "dot", "circle").length, 4);
  assert.equal(marks(chart, "link", "path").length, 4);
  assert.equal(marks(chart, "rect", "rect").length, 1);
  assert.ok(texts(chart, "text").includes("B from ImageNet"));
});

test("gains by class are drawn network by network, hollow where unsettled, with the mean of all but the rarest in F1", () => {
  const gains = [
    classGains("A", [0.06], [[0.8], [0.02], [0.1], [-0.1]]),
    classGains(
      "B",
      [0, 0.1],
      [
        [0.3, 0.4],
        [0.1, 0.2],
        [-0.1, 0],
        [-0.2, -0.1]
      ]
    )
  ];
  assert.equal(classGainRows(gains, "recall").length, 8);
  const f1 = classGainRows(gains, "f1");
  assert.deepEqual(f1.at(-2), {
    group: "Mean without COVID-19",
    measure: "f1",
    network: "A",
    seeds: 1,
    value: 0.06,
    low: 0.06 - 0.05,
    high: 0.06 + 0.05,
    settled: true
  });
  const chart = classGainPlot(gains, "f1");
  assert.equal(marks(chart, "dot", "circle").length, 10);
  const hollow = marks(chart, "dot", "circle").filter((dot) => dot.getAttribute("fill")?.startsWith("var"));
  assert.equal(hollow.length, f1.filter(({settled}) => !settled).length);
  assert.equal(
    describeRecalls(gains),
    "In all pairs, seed by seed, recall rises by 0.30 to 0.80 in COVID-19, rises by 0.02 to 0.20 " +
      "in viral, goes either way in bacterial (−0.10 to 0.10) and falls by 0.10 to 0.20 in normal."
  );
});

test("what the intervals are over is said for one seed, for several and for a mixture", () => {
  const five = pair("A", [0.1, 0.2, 0.1, 0.2, 0.1]);
  assert.equal(
    describeBasis([five, {...pair("B", [0.1, 0.2, 0.1]), fraction: 0.1}]),
    "Intervals are over seeds (5 of A and 3 of B with 10%)."
  );
  assert.match(
    describeBasis([five, pair("B", [0.1])]),
    /where there are several \(5 of A\); every other comparison rests on one,/
  );
  assert.match(
    describeBasis([pair("B", [0.1])]),
    /^Every comparison rests on one seed, .* leaves out what another seed/
  );
});

test("comparisons that rest on one seed are counted", () => {
  assert.match(
    describeSeeds([pair("A", [0.1, 0.2]), pair("B", [0.1])]),
    /^Of 2 comparisons .*, 1 rests on one seed, the others on up to 2\./
  );
  assert.match(describeSeeds([pair("A", [0.1])]), /^Every comparison .* rests on one seed/);
  assert.match(describeSeeds([]), /^No comparison/);
});

test("the pairs are put into words by what their intervals say", () => {
  const scaled = {...pair("A", [0.1]), start: "ImageNet’s mean and variance"};
  assert.equal(
    describePairs([pair("A", [0.1, 0.2]), pair("B", [-0.2]), {...pair("C", [0.01]), fraction: 0.1}, scaled]),
    "Of 3 comparisons of ImageNet with random weights, each of one network and share of the " +
      "images, 1 ends better; B (1 seed) ends worse; C with 10% (1 seed) cannot be told apart from " +
      "random weights. " +
      "Of 1 comparison of ImageNet’s mean and variance with random weights, each of one network and " +
      "share of the images, 1 ends better. " +
      "Intervals are over seeds where there are several (2 of A); every other comparison rests on " +
      "one, so that its interval, over test images, leaves out what another seed would change."
  );
  assert.match(describePairs([]), /nothing to compare/);
  const [first] = pair("A", [0.1]).seeds;
  assert.match(
    describeProcedures([{...pair("A", [0.1]), seeds: [{...first, sameProcedure: false}]}]),
    /different procedures/
  );
  assert.match(describeProcedures([pair("A", [0.1])]), /by the same procedure/);
});

test("a run that never had a score is a bound, after the runs that had it as late", () => {
  const runs = [
    trained("a", "random", {reached: [{epochs: 8, reached: false}]}),
    trained("b", "random"),
    trained("c", "random", {reached: [{epochs: 8, reached: true}]}),
    trained("d", "ImageNet", {fraction: 0.25})
  ];
  const rows = reachRows(runs, 0);
  assert.equal(epochsInWords(rows[0]), "2, 8 and >8");
  assert.equal(stepsInWords(rows[0]), "20, 80 and >80");
  const table = reachTable(rows);
  assert.deepEqual(texts(table, "tbody th"), ["Net", "Net, 25% of the images"]);
  assert.deepEqual(texts(table, "tbody tr:first-child td"), ["random", "2 of 3 runs", "2, 8 and >8", "20, 80 and >80"]);
});

test("starts keep their order and colour, random weights first", () => {
  const runs = [trained("a", "ImageNet"), trained("b", "random")];
  assert.deepEqual(startsOf(runs), ["random", "ImageNet"]);
  const chart = startCurves(runs, {starts: startsOf(runs)});
  const strokes = marks(chart, "line", "path").map((path) => path.getAttribute("stroke"));
  assert.deepEqual(strokes, ["#d55e00", "#0072b2"]);
  assert.match(chart.getAttribute("aria-description") ?? "", /a: best 0\.700; b: best 0\.700/);
});

test("runs of a part of the images are dashed", () => {
  const chart = startCurves([trained("a", "random"), trained("b", "random", {fraction: 0.1})], {starts: ["random"]});
  assert.equal(chart.querySelectorAll("[stroke-dasharray='4 3'] path").length, 1);
  assert.equal(marks(chart, "line", "path").length, 2);
});

test("twins from random weights that were kept below an earlier epoch are named with both", () => {
  const back = {
    kept: {epoch: 7, size: 224, weightedF1: 0.683},
    best: {epoch: 2, size: 64, weightedF1: 0.715},
    validation: [0.1, 0.2, 0.3]
  };
  const runs = [
    trained("s0", "random", back),
    trained("s1", "random"),
    trained("p0", "ImageNet", back),
    trained("alone", "random", back)
  ];
  const said = describeBudget({runs, pairs: [pair("Net", [0.1, 0.2])]});
  assert.match(said, /^Of the 2 twins from random weights on all images, 1 scored highest on validation in the last/);
  assert.match(
    said,
    / 1 was kept with .*: Net, seed 1 \(epoch 7 with 0\.683, epoch 2 on images of 64 pixels with 0\.715\)\. The gain over it may/
  );
  assert.doesNotMatch(describeBudget({runs, pairs: [{...pair("Net", [0.1]), start: "mean-var"}]}), /./);
  assert.equal(epochsCompared({runs, pairs: [pair("Net", [0.1, 0.2])]}), "2 to 3 epochs");
});

test("a share of the images is a share of the updates", () => {
  const few = trained("b", "random", {fraction: 0.1, batches: 1});
  assert.equal(describeUpdates([trained("a", "random"), few]), "20 with 100% and 2 with 10%");
});

test("only networks with several shares of the images are drawn against them", () => {
  const runs = [
    trained("a", "random", {fraction: 0.5}),
    trained("b", "random"),
    trained("c", "random", {model: "other"})
  ];
  assert.deepEqual(
    fractioned(runs).map((r) => r.run),
    ["a", "b"]
  );
  assert.equal(marks(fractionPlot(fractioned(runs), {starts: ["random"]}), "dot", "path").length, 2);
});

const claims = (["supported", "not supported", "cannot tell"] as const).map((status, i) => ({
  ...{id: `c${i}`, statement: `Statement ${i}.`, source: "Somebody", because: `Number ${i}.`, status},
  strength: "intervals" as const
}));

const evidence = {results: results([]), pairs: [], resamples: 10_000};

test("a claim stands in prose with its status, and says why on demand", () => {
  const element = claim(claims, "c1", evidence);
  assert.equal(text(element.querySelector("summary")), "Statement 1. ✗ not supported");
  assert.match(text(element.querySelector("p")), /Number 1\. Somebody; intervals/);
  assert.throws(() => claim(claims, "other", evidence), /no claim other/);
  assert.deepEqual(texts(claimTable(claims, "Claims", evidence), ".claim-status"), [
    "✓ supported",
    "✗ not supported",
    "? cannot tell"
  ]);
  assert.equal(countClaims(claims), "1 supported, 1 not supported and 1 of which the results cannot tell");
});

const compared: Comparison = {
  ...{a: {run: "a", title: "A"}, b: {run: "b", title: "B"}, source},
  accuracy: {value: 0.03, low: -0.01, high: 0.07, p: 0.2},
  macroF1: {value: 0.16, low: 0.08, high: 0.24, p: 0.0002},
  weightedF1: {value: -0.02, low: -0.03, high: -0.01, p: 0.01},
  mcnemar: {onlyA: 59, onlyB: 42, p: 0.11},
  apart: {onlyA: [4, 7], onlyB: [5]},
  holm: {macroF1: 0.04, mcnemar: 0.33}
};

test("comparisons show differences with their sign, and both p-values", () => {
  assert.equal(difference(compared.macroF1), "+0.16 (0.08 to 0.24)");
  assert.deepEqual([0.0002, 0.012, 0.3].map(pValue), ["<0.001", "0.012", "0.30"]);
  const cells = texts(comparisonTable([compared]), "tbody td");
  assert.deepEqual(cells.slice(2), ["−0.02 (−0.03 to −0.01)", "59 : 42", "0.11Holm 0.33"]);
  assert.equal(comparisonRows([compared])[0].holm, 0.33);
  assert.equal(comparisonRows([compared])[0].macroF1_holm, 0.04);
});

test("every measure stands above its interval, and a planned run has a command in place of numbers", () => {
  const cells = texts(dataTable(measureColumns(10000), [run("a", about(0.8))], {label: "Measures"}), "tbody td");
  assert.equal(cells[4], "0.830.81–0.85");
  assert.equal(cells.at(-1), "1.50error 0.03");
  assert.equal(measureRows([run("a", about(0.8))])[0].title, "a");
  const planned = plannedTable([
    {run: "x", title: "X", needs: "needs weights.\n  Do this.", command: "npm run study -- --only evaluation/x"}
  ]);
  assert.deepEqual(texts(planned, "tbody td"), [
    "npm run study -- --only evaluation/x",
    "Not run here: needs weights."
  ]);
});

test("curves of all classes and the bins of confidence are drawn and described", () => {
  const roc = rankingCurves(run("a", about(0.8)), {kind: "roc", classes});
  assert.equal(marks(roc, "line", "path").length, 4);
  assert.match(roc.getAttribute("aria-description") ?? "", /COVID-19 0\.95 \(0\.93–0\.97\)/);
  // Along at the precision of the point before, then down at its recall, never slanting between two points.
  const steps = rankingCurves(run("a", about(0.8)), {kind: "precision-recall", classes});
  const [path] = marks(steps, "line", "path").map((line) => line.getAttribute("d")!);
  const points = path
    .slice(1)
    .split("L")
    .map((point) => point.split(",").map(Number));
  assert.ok(points.length > 3 && points.slice(1).every(([x, y], i) => x === points[i][0] || y === points[i][1]), path);
  assert.match(steps.getAttribute("aria-description") ?? "", /COVID-19 0\.90 \(0\.88–0\.92\)/);
  const rows = curveRows(run("a", about(0.8)));
  assert.deepEqual(rows[0], {
    curve: "Receiver operating characteristic",
    class: "COVID-19",
    "false positive rate": 0,
    recall: 0
  });
  assert.deepEqual(rows.at(-1), {curve: "Precision-recall curve", class: classes[3], recall: 1, precision: 0.4});
  const diagram = reliabilityDiagram(run("a", about(0.8)).reliability, {width: 700});
  assert.equal(marks(diagram, "dot", "circle").length, 2);
  assert.match(diagram.getAttribute("aria-description") ?? "", /as predicted: confidence 70%: 88% of 8 images right/);
});

const similar = (network: string, values: number[], more: object = {}) => ({
  ...{network, fraction: 1, source},
  layers: values.map((cka, i) => ({layer: `l${i}`, depth: (i + 1) / values.length, cka})),
  lowest: values[0],
  highest: values[values.length - 1],
  ...more
});
const changed = (title: string, start: string, values: number[], fraction = 1) =>
  changeLine({...similar("Net", values, {fraction}), run: title, title, start, seed: 1});
const pairing = (starts: [string, string], values: number[]) =>
  pairLine({...similar("Net", values), a: "a", b: "b", starts, seeds: [1, 2]});

test("features are drawn by depth in the colour of the start, dashed where the run saw a part of the images", () => {
  const lines = [
    changed("a", "ImageNet", [1, 0.6]),
    changed("b", "random", [0.8, -0.1]),
    changed("c", "random", [0.9, 0.3], 0.1)
  ];
  const chart = depthChart(lines, {label: "Change", color: startScales(["random", "ImageNet"]).color});
  const paths = marks(chart, "line", "path").map((path) => path.getAttribute("stroke"));
  assert.deepEqual(paths.sort(), ["#0072b2", "#0072b2", "#d55e00"]);
  assert.equal(chart.querySelectorAll("[stroke-dasharray='4 3'] path").length, 1);
  assert.match(chart.getAttribute("aria-description") ?? "", /b: 0\.80 in the lowest third, −0\.10 in the highest/);
  assert.equal(depthRows(lines).length, 6);
});

test("the figures of features have a chart a network, and a legend of what is shown", () => {
  const options = {starts: ["random", "ImageNet"], resize: (draw: (width: number) => Element) => draw(420)};
  const change = changeFigure([changed("a", "ImageNet", [1, 0.6])], {runs: [], pairs: []}, options);
  assert.deepEqual(texts(change, ".panel-title"), ["Net"]);
  const agreement = agreementFigure([pairing(["ImageNet", "random"], [0.9, 0.5])], {runs: [], pairs: []}, options);
  assert.deepEqual(texts(agreement, ".legend > span"), ["ImageNet and random"]);
});

test("the change is put into words as means over seeds, by start and third", () => {
  const lines = [
    changed("a", "ImageNet", [1, 0.6]),
    changed("b", "random", [0.8, 0.2]),
    changed("c", "random", [0.6, 0.7])
  ];
  const said = describeChanges([...lines, changed("d", "random", [0, 0], 0.1)]);
  assert.match(said, /^Of 3 runs on all images, 2 changed/);
  assert.match(said, /Net, ImageNet 1\.00 → 0\.60 and random 0\.70 → 0\.45\.$/);
  assert.match(describeChanges([]), /No features/);
});

test("pairs of runs are named by what differs", () => {
  const lines = [pairing(["ImageNet", "random"], [0.9, 0.5]), pairing(["random", "random"], [0.9, 0.7])];
  assert.deepEqual(
    lines.map(({group}) => group),
    ["ImageNet and random", "random, two seeds"]
  );
  assert.match(describeAgreement(lines), /Net, ImageNet and random 0\.50 and random, two seeds 0\.70\.$/);
  assert.match(describeAgreement([]), /No two runs/);
  const kinds = pairKinds(["random", "ImageNet"], lines);
  assert.deepEqual(kinds, ["random, two seeds", "ImageNet, two seeds", "ImageNet and random"]);
  assert.deepEqual(
    texts(
      startLegend(
        kinds,
        lines.map(({group}) => group)
      ),
      ":scope > span"
    ),
    ["random, two seeds", "ImageNet and random"]
  );
});
