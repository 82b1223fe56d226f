import assert from "node:assert/strict";
import {test} from "node:test";
import {document, text, texts} from "../dom.js";
import {figure} from "../../../docs/components/shared/figure.js";
import {sourceDetails} from "../../../docs/components/shared/source.js";
import {pagedList} from "../../../docs/components/shared/paged.js";
import {dataTable} from "../../../docs/components/shared/table.js";
import {provenanceRows, provenanceTable, searchStages} from "../../../docs/components/reproduce/provenance-table.js";
import {source} from "../fixtures.js";

test("a figure holds its chart, caption, provenance and a download that names it", () => {
  const chart = document.createElement("svg");
  const element = figure({name: "scores", title: "Scores", caption: "What to see.", source, data: [{a: 1}]}, chart);
  assert.equal(element.id, "figure-scores");
  assert.ok(element.contains(chart));
  assert.equal(text(element.querySelector(".figure-caption")), "What to see.");
  assert.match(text(element.querySelector("details")), /^Where these numbers come from/);
  assert.equal(element.querySelector("button")?.getAttribute("aria-label"), "Download the data of “Scores” as CSV");
});

test("provenance says how the result came to be, when, on what and how long it took", () => {
  const details = text(sourceDetails([source]));
  for (const part of [
    "metrics/a",
    "published result of an earlier run",
    "14 March 2026",
    "1 min 15 s",
    "tensorflow, CPU",
    "0123456789abcdef"
  ])
    assert.ok(details.includes(part), part);
  assert.doesNotMatch(details, /changed/);
});

test("a result whose code has changed is marked before the details are opened", () => {
  const details = sourceDetails([source, {...source, drifted: true}]);
  assert.match(text(details.querySelector("summary")), /code has changed/);
  assert.equal(texts(details, ".drift").length, 1);
});

test("a table names its rows and columns and can be scrolled from the keyboard", () => {
  const columns = [
    {label: "Name", header: true, value: (d: {n: string}) => d.n},
    {label: "Length", align: "right" as const, value: (d: {n: string}) => d.n.length}
  ];
  const table = dataTable(columns, [{n: "a"}, {n: "bb"}, {n: "ccc"}], {label: "Names", limit: 2});
  assert.deepEqual(texts(table, "th[scope=col]"), ["Name", "Length"]);
  assert.deepEqual(texts(table, "th[scope=row]"), ["a", "bb"]);
  assert.equal(table.querySelector("[role=region]")?.getAttribute("tabindex"), "0");
  assert.deepEqual(texts(table, ".print-only"), ["The first 2 of 3 rows; the page has them all."]);
  table.querySelector("button")?.click();
  assert.deepEqual(texts(table, "td.number"), ["1", "2", "3"]);
  assert.deepEqual(texts(table, ".print-only"), []);
  assert.equal(table.querySelector("button"), null);
});

test("a long list grows page by page until nothing is left", () => {
  const list = pagedList(
    [1, 2, 3, 4, 5],
    (n) => Object.assign(document.createElement("li"), {textContent: String(n)}),
    {page: 2, label: "Numbers"}
  );
  const button = list.querySelector("button") as HTMLButtonElement;
  assert.deepEqual(texts(list, "li"), ["1", "2"]);
  assert.equal(text(button), "Show 2 more (3 images left)");
  button.click();
  assert.equal(text(button), "Show 1 more (1 image left)");
  button.click();
  assert.equal(texts(list, "li").length, 5);
  assert.ok(button.hidden);
});

const stages = ["training/a", "metrics/a", "training/b"].map((id) => ({
  ...source,
  id,
  stage: id.split("/")[0],
  params: {epochs: id.endsWith("b") ? 24 : 12},
  inputs: {data: "d1"},
  identity: "e".repeat(64),
  packages: {tfjs: "4.22.0"},
  node: "v20"
}));

test("stages are found by words of their id, origin or parameters", () => {
  const ids = (query: string) => searchStages(stages, query).map(({id}) => id);
  assert.deepEqual(ids("training"), ["training/a", "training/b"]);
  assert.deepEqual(ids("TRAINING 24"), ["training/b"]);
  assert.deepEqual(ids("published"), ["training/a", "metrics/a", "training/b"]);
  assert.deepEqual(ids("nothing"), []);
  assert.equal(ids("  ").length, 3);
});

test("the provenance table has one line a stage, with its parameters", () => {
  const table = provenanceTable(stages);
  assert.deepEqual(texts(table, "tbody th"), ["training/a", "metrics/a", "training/b"]);
  assert.match(text(table.querySelector("tbody details")), /"epochs":12/);
  assert.equal(provenanceRows(stages)[0].params, '{"epochs":12}');
});
