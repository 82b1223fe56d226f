import assert from "node:assert/strict";
import {test} from "node:test";
import {text, texts} from "../dom.js";
import {packagesFigure} from "../../../docs/components/reproduce/packages-figure.js";
import {publishedFigure} from "../../../docs/components/predict/published-networks.js";
import {rankingFigure} from "../../../docs/components/network/ranking-figure.js";
import {about, classes, run, source} from "../fixtures.js";

test("published networks say what rounding did to them, and none is said in words", () => {
  const rounding = {images: 530, largestChange: 0.0123, changedClass: 2, logLoss: {exact: 0.41234, rounded: 0.41236}};
  const network = {run: "a-1", title: "A", bytes: 1.9e6, rounding, trainingImages: 9, source: [source]};
  const cells = texts(publishedFigure([network]), "tbody tr > *");
  assert.deepEqual(cells, ["a-1", "1.9 MB", "0.012", "2 of 530", "0.4123, rounded 0.4124"]);
  assert.equal(text(publishedFigure([])), "No network is published for this study.");
});

test("packages are listed with their versions", () => {
  assert.deepEqual(texts(packagesFigure({d3: "7.9.2"}), "tbody tr > *"), ["d3", "7.9.2"]);
});

test("both curves of a run stand side by side, with the average precision of each class in words", () => {
  const element = rankingFigure(run("a", about(0.8)), {classes, resize: (draw) => draw(300)});
  const names = [...element.querySelectorAll("svg[aria-label]")].map((chart) => chart.getAttribute("aria-label"));
  assert.deepEqual(names, ["Receiver operating characteristic", "Precision-recall curve"]);
  assert.match(text(element.querySelector(".figure-caption")), /are 0\.90 \(0\.88–0\.92\) \(COVID-19\), /);
});
