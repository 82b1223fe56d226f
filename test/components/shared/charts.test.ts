import assert from "node:assert/strict";
import {test} from "node:test";
import {announced, marks, text, texts} from "../dom.js";
import {classBars} from "../../../docs/components/data/class-bars.js";
import {classScores} from "../../../docs/components/network/class-scores.js";
import {classScoreTable} from "../../../docs/components/network/class-score-table.js";
import {classColor, classLegend} from "../../../docs/components/shared/classes.js";
import {confusionMatrix} from "../../../docs/components/network/confusion.js";
import {describeCell, largestError, worstConfusion} from "../../../docs/components/network/confusion-words.js";
import {headlineLines, headlineRows} from "../../../docs/components/claims/headline.js";
import {headlineTable} from "../../../docs/components/home/headline-table.js";
import {imagePanel, predictionRows, predictionsByRow} from "../../../docs/components/shared/image-panel.js";
import {intervalPlot} from "../../../docs/components/results/intervals.js";
import {locate, thumbnail} from "../../../docs/components/shared/sprite.js";
import {about, classes, results, run} from "../fixtures.js";

const result = run("a", about(0.8));
const scored = {run: result, resamples: 10000};

test("a class has the same colour and symbol wherever it is drawn, whatever else is drawn", () => {
  assert.equal(classColor("COVID-19", classes), "var(--class-covid-19, #d55e00)");
  assert.match(classColor("unheard of", ["unheard of"]), /^var\(--class-unheard-of, #/);
  const paths = [...classLegend(classes).querySelectorAll("path")].map((p) => p.getAttribute("d"));
  assert.equal(new Set(paths).size, classes.length);
});

test("class bars draw one bar a class and split, labelled with count and share", () => {
  const rows = ["Training", "Test"].flatMap((split) =>
    classes.map((name, i) => ({split, class: name, count: 1000 + i, share: 0.25}))
  );
  for (const width of [800, 340]) {
    const chart = classBars(rows, {width, classes});
    announced(chart);
    assert.equal(chart.querySelectorAll("[data-mark=bar] rect").length, 8);
    assert.ok(texts(chart, "text").includes("1,003 (25.0%)"));
    assert.ok(texts(chart, "text").includes("Bacterial"));
  }
});

test("class scores draw a point and an interval for every class and score", () => {
  const chart = classScores(scored, {width: 800, classes});
  announced(chart);
  assert.equal(marks(chart, "dot").flatMap((g) => [...g.querySelectorAll("path")]).length, 12);
  assert.equal(marks(chart, "link").flatMap((g) => [...g.querySelectorAll("path")]).length, 12);
  assert.match(chart.getAttribute("aria-description") ?? "", /Viral, Recall 0\.50 \(0\.48–0\.52\)/);
});

test("the table of class scores shows the counts behind recall and precision", () => {
  const rows = classScoreTable(scored, {classes}).querySelectorAll("tbody tr");
  assert.deepEqual(texts(rows[2], "th, td:nth-child(2)"), ["Bacterial", "2"]);
  assert.deepEqual(texts(rows[2], ".remark"), ["2/2", "2/3"]);
});

test("the headline orders own runs by macro F1 and sets cited figures apart, without intervals", () => {
  const lines = headlineLines(results([run("low", about(0.6)), run("high", about(0.9))], [run("probe", about(0.7))]));
  assert.deepEqual(
    lines.map(({kind, title}) => `${kind} ${title}`),
    ["trained high", "trained low", "probe probe", "cited Elsewhere"]
  );
  const table = headlineTable(lines, {resamples: 10000});
  assert.match(text(table.querySelector(".trained")), /0\.90 \(0\.88–0\.92\)/);
  assert.deepEqual(texts(table, ".cited td"), ["5", "0.800", "0.790", "0.810"]);
  assert.equal(headlineRows(lines)[0].macroF1_low, 0.88);
});

test("the interval plot draws no interval for a cited figure", () => {
  const chart = intervalPlot(headlineLines(results([run("a", about(0.8))], [run("p", about(0.7))])), {width: 600});
  announced(chart);
  assert.equal(marks(chart, "link").flatMap((g) => [...g.querySelectorAll("path")]).length, 2);
  assert.ok(texts(chart, "text").includes("Elsewhere (cited)"));
});

test("the confusion matrix is a table of buttons that says what each cell holds", () => {
  const matrix = confusionMatrix(result.confusion, {classes});
  const buttons = [...matrix.querySelectorAll("button")];
  assert.equal(buttons.length, 16);
  assert.equal(text(buttons[6]), "1 50% viral, predicted bacterial: show the images");
  assert.ok(buttons[1].disabled, "a cell without images cannot be chosen");
  assert.deepEqual(texts(matrix, "tbody th"), ["COVID-19", "Viral", "Bacterial", "Normal"]);
});

test("the largest confusion is chosen first, and pressing a cell chooses its images", () => {
  const matrix = confusionMatrix(result.confusion, {classes});
  assert.deepEqual(matrix.value?.rows, [3]);
  let told = 0;
  matrix.addEventListener("input", () => ++told);
  const buttons = [...matrix.querySelectorAll("button")];
  buttons[15].click();
  assert.deepEqual([told, matrix.value?.rows], [1, [6, 7]]);
  assert.deepEqual(
    buttons.filter((b) => b.getAttribute("aria-pressed") === "true"),
    [buttons[15]]
  );
});

test("confusions are put into words", () => {
  assert.equal(worstConfusion(result.confusion), "viral predicted bacterial (1 of 2)");
  assert.equal(describeCell(result.confusion[6]), "1 test image of class viral, predicted bacterial");
  const perfect = result.confusion.filter((c) => c.actual === c.predicted);
  assert.equal(worstConfusion(perfect), "none");
  assert.equal(largestError([]), undefined);
});

const images = {present: true, cell: 100, columns: 2, row: [10, 11, 12]};

test("a thumbnail is cut from its place in the sheet", () => {
  assert.deepEqual(locate(images, 12), {column: 0, line: 1});
  const style = thumbnail({images, href: "sheet.jpg"}, 12, {size: 50, label: "Image"}).style;
  assert.match(style.backgroundPosition, /^(-?0px) -50px$/);
  assert.equal(style.backgroundSize, "100px 100px");
});

test("an image that is not there is drawn as an outline and says so", () => {
  const element = thumbnail({images: {...images, present: false}, href: "sheet.jpg"}, 12, {size: 50, label: "Image"});
  assert.ok(element.querySelector("svg"));
  assert.equal(element.getAttribute("aria-label"), "Image (drawn outline)");
});

test("the image panel shows truth, prediction and every probability", () => {
  const predictions = predictionsByRow(result, classes);
  const panel = imagePanel(
    [3, 0].map((row) => predictions.get(row)!),
    {classes, sprite: {images, href: ""}, heading: "Two images"}
  );
  assert.deepEqual(texts(panel, ".card-title"), ["Row 3: Viral✗ predicted Bacterial", "Row 0: COVID-19✓ correct"]);
  assert.deepEqual(texts(panel, ".probability-value").slice(0, 4), ["10%", "10%", "70%", "10%"]);
  assert.deepEqual(Object.keys(predictionRows(predictions.values(), classes)[0]), [
    "row",
    "actual",
    "predicted",
    "p_COVID-19",
    "p_viral",
    "p_bacteria",
    "p_normal"
  ]);
});
