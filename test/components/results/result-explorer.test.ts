import assert from "node:assert/strict";
import {test} from "node:test";
import {text, texts, window} from "../dom.js";
import {resultExplorer} from "../../../docs/components/results/result-explorer.js";
import {resultRows} from "../../../docs/components/results/result-rows.js";
import {firstChoice, scoresOf, valuesOf, view} from "../../../docs/components/results/result-view.js";
import {about, results, run, source, study, summary} from "../fixtures.js";

const found = {
  ...results([run("a1", about(0.8)), run("a2", about(0.6)), run("b1", about(0.75))]),
  baselines: [run("baseline-prior", about(0.1))]
};
const declared = study([
  summary("a1", "imagenet"),
  summary("a2", "imagenet", {seed: 2}),
  summary("b1", "random", {network: "Other"}),
  summary("planned", "random", {available: false})
]);
const rows = resultRows(found, declared);

test("there is a row for every score of every classifier, with what the study says of its run", () => {
  const of = (title: string) => rows.filter((row) => row.title === title);
  assert.equal(of("a1").length, 12 + 4 * 5);
  assert.deepEqual(of("planned"), [], "a run without a result has no row");
  const [first] = of("a2").filter(({score}) => score === "Macro F1");
  assert.deepEqual(first, {
    ...{title: "a2", network: "Net", start: "ImageNet", fraction: 1, seed: 2, procedure: "all"},
    ...{class: "all", score: "Macro F1", value: 0.6, low: 0.58, high: 0.62}
  });
  const recall = of("b1").find(({score, class: name}) => score === "Recall" && name === "viral")!;
  assert.deepEqual([recall.value, recall.network], [0.5, "Other"]);
  const [prior] = of("baseline-prior");
  assert.deepEqual([prior.network, prior.start, prior.seed], ["baseline-prior", "none", null]);
});

test("the rows of a network, a start, a class and a score are shown, sorted by a column", () => {
  const titles = (choice: object) => view(rows, {...firstChoice, ...choice}).map(({title}) => title);
  assert.deepEqual(titles({}), ["a1", "b1", "a2", "baseline-prior"]);
  assert.deepEqual(titles({descending: false}), ["baseline-prior", "a2", "b1", "a1"]);
  assert.deepEqual(titles({sort: "title", descending: false}), ["a1", "a2", "b1", "baseline-prior"]);
  assert.deepEqual(titles({network: "Net"}), ["a1", "a2"]);
  assert.deepEqual(titles({start: "random"}), ["b1"]);
  const recalls = view(rows, {...firstChoice, class: "viral", score: "Recall", network: "Net"});
  assert.deepEqual(
    recalls.map(({class: name, value}) => [name, value]),
    [
      ["viral", 0.5],
      ["viral", 0.5]
    ]
  );
});

test("over seeds a row is the mean of the runs that differ in the seed alone, from the least to the greatest", () => {
  const [other, net, prior] = view(rows, {...firstChoice, overSeeds: true});
  assert.deepEqual([other.network, other.runs, other.value], ["Other", 1, 0.75]);
  assert.deepEqual([net.network, net.runs, net.value.toFixed(6), net.low, net.high], ["Net", 2, "0.700000", 0.6, 0.8]);
  assert.equal(prior.network, "baseline-prior");
});

test("runs that differ in more than the seed are not averaged", () => {
  const more = [
    {},
    {initialisation: "random", start: "random"},
    {network: "Other"},
    {fraction: 0.5},
    {procedure: "longer"}
  ].map((change, i) => summary(`r${i}`, "imagenet", change));
  const scored = results(more.map(({id}) => run(id, about(0.5))));
  assert.equal(view(resultRows(scored, study(more)), {...firstChoice, overSeeds: true}).length, more.length);
});

test("a class offers the scores that it has", () => {
  assert.deepEqual(valuesOf(rows, "network"), ["Net", "Other", "baseline-prior"]);
  assert.deepEqual(scoresOf(rows, "viral").slice(0, 3), ["Recall", "Precision", "F1"]);
  assert.ok(scoresOf(rows, "all").includes("Macro F1") && !scoresOf(rows, "all").includes("Recall"));
});

/** Chooses a value of the select with a label, as a reader does. */
function choose(explorer: HTMLElement, label: string, value: string) {
  const select = [...explorer.querySelectorAll("label")]
    .find((one) => text(one).startsWith(label))!
    .querySelector("select")!;
  select.value = value;
  select.dispatchEvent(new window.Event("change"));
}
const column = (explorer: HTMLElement) => texts(explorer, "tbody th");

test("a reader filters, sorts and groups the table, and is told how it is sorted", () => {
  const explorer = resultExplorer(rows, [source], "COVIDx");
  document.body.replaceChildren(explorer);
  assert.deepEqual(column(explorer), ["a1", "b1", "a2", "baseline-prior"]);
  choose(explorer, "Network", "Net");
  assert.deepEqual(column(explorer), ["a1", "a2"]);
  const sorted = () => [...explorer.querySelectorAll("th[aria-sort]")].map((one) => one.getAttribute("aria-sort"));
  assert.equal(sorted()[1], "descending");
  explorer.querySelectorAll<HTMLElement>(".sort")[1].focus();
  explorer.querySelectorAll<HTMLElement>(".sort")[1].click();
  assert.deepEqual(column(explorer), ["a2", "a1"]);
  assert.equal(sorted()[1], "ascending");
  assert.equal(document.activeElement, explorer.querySelectorAll(".sort")[1], "the focus stays where it was");
  choose(explorer, "Class", "viral");
  assert.match(text(explorer.querySelector(".figure-title")), /^Recall of viral$/, "the first score that a class has");
  explorer.querySelector<HTMLElement>("input")!.click();
  assert.equal(texts(explorer, "thead th")[3], "Least to greatest");
  assert.deepEqual(column(explorer), ["Net"]);
});

test("without results there is no table of them", () => {
  assert.deepEqual(resultRows(results([]), study([])), []);
  assert.deepEqual([view([], firstChoice), valuesOf([], "class")], [[], []]);
});
