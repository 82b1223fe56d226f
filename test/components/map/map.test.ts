import assert from "node:assert/strict";
import {test} from "node:test";
import {document, text, texts} from "../dom.js";
import {decodeFrame} from "../../../docs/components/map/film.js";
import {colorings, coloringTitles, mapColors} from "../../../docs/components/map/colors.js";
import {describeSelection, mapRows, mapTable, pointTable} from "../../../docs/components/map/table.js";
import {points} from "../../../docs/components/map/selection.js";
import {steps} from "../../../docs/components/map/steps.js";
import {classes, mapArtifact} from "../fixtures.js";

const all = points(mapArtifact, classes);
const {numberings} = mapArtifact;

test("every colouring gives each point a colour and says what it stands for", () => {
  for (const coloring of colorings) {
    const {fill, legend} = mapColors(all, coloring, {classes, numberings, stability: [0, 50, 100]});
    assert.equal(fill.length, all.length, coloringTitles[coloring]);
    assert.ok(fill.every(Boolean));
    assert.ok(text(legend).includes("COVID-19"), coloring);
  }
});

test("colours tell apart what they are about", () => {
  const fill = (coloring: (typeof colorings)[number]) =>
    mapColors(all, coloring, {classes, numberings, stability: [0, 50, 100]}).fill;
  assert.equal(fill("class")[1], fill("class")[2]);
  assert.notEqual(fill("prediction")[1], fill("prediction")[2]);
  assert.notEqual(fill("outcome")[1], fill("outcome")[2]);
  for (const coloring of ["numbering", "stability"] as const) assert.equal(new Set(fill(coloring)).size, 3);
});

test("the table compares every map with the features and their principal components", () => {
  const rows = mapRows(mapArtifact);
  assert.deepEqual(
    rows.map(({map, stability}) => [map, stability]),
    [
      ["The features themselves", null],
      ["Principal components", null],
      ["t-SNE, perplexity 5, principal components", 0.3],
      ["t-SNE, perplexity 50, principal components", 0.6]
    ]
  );
  const cells = texts(mapTable(rows, "Maps"), "tbody tr:first-child > *");
  assert.deepEqual(cells, ["The features themselves", "78.0%", "–", "–", "–", "–", "–"]);
});

test("a slider steps through values that are not evenly spaced, and announces them", () => {
  const slider = steps([5, 10, 30, 50], {label: "Perplexity", value: 50});
  assert.equal(slider.value, 50);
  const range = slider.querySelector("input")!;
  range.value = "1";
  range.dispatchEvent(new document.defaultView!.Event("input", {bubbles: true}));
  assert.equal(slider.value, 10);
  assert.equal(range.getAttribute("aria-valuetext"), "10");
  assert.equal(text(slider.querySelector("output")), "10");
  slider.value = 30;
  assert.equal(range.value, "2");
});

test("a frame of the film is decoded to the edges of the map", () => {
  const frame = Buffer.from([1, 255, 128, 128]).toString("base64");
  assert.deepEqual(decodeFrame(frame), {x: [-999, 0], y: [999, 0]});
});

test("a selection is described in words and listed", () => {
  assert.equal(describeSelection(all, classes), "3 images selected: 1 COVID-19, 2 viral; 66.7% (2/3) predicted right");
  assert.equal(describeSelection([], classes), "No image is selected");
  const table = pointTable(all.map((point) => ({...point, x: 1, y: -2, stability: 0.5})));
  assert.deepEqual(texts(table, "tbody tr:last-child > *"), ["9", "Viral", "Bacterial", "0.70", "50%", "1", "-2"]);
});
