import assert from "node:assert/strict";
import {test} from "node:test";
import {text, texts} from "../dom.js";
import {cardRun, modelCard} from "../../../docs/components/networks/model-card.js";
import type {Network} from "../../../docs/components/networks/networks-table.js";
import {about, classes, inventory, results, run, source, study, summary} from "../fixtures.js";

const network: Network = {
  ...{id: "net", title: "Net", paper: "Somebody 2018", year: 2018, inputSize: 224, bytes: 8e6, stages: [], source},
  ...{body: {parameters: 2e6, macs: 1e9}, head: {parameters: 5e5, macs: 5e5}},
  weights: {file: "a.h5", url: "https://example.org/a.h5", licence: "MIT", present: true}
};
const context = {
  study: study([summary("a", "imagenet"), summary("b", "random"), summary("c", "random", {model: "other"})]),
  results: results([run("a", about(0.8)), {...run("b", about(0.9)), leadsNetwork: false}]),
  inventory: inventory({})
};

test("a card tells of the network's run that is best on validation, whatever the test images say", () => {
  const {results} = context;
  assert.equal(cardRun(results, "net")?.run, "a");
  assert.equal(
    cardRun({...results, runs: results.runs.map((one) => ({...one, leadsNetwork: false}))}, "net"),
    undefined
  );
  assert.equal(cardRun(results, "other"), undefined);
});

test("a card has its weights with their licence, its data, its scores by class and what it is not for", () => {
  const card = modelCard(network, context);
  const facts = Object.fromEntries(texts(card, "dt").map((name, i) => [name, texts(card, "dd")[i]]));
  assert.match(facts["Published weights"], /a\.h5, MIT/);
  assert.match(facts["Training data"], /^COVIDx: 100% of 4,779 images, and 530 others/);
  assert.match(facts.Scores, /^macro F1 0\.80 \(0\.78–0\.82\).* on 8 test images$/);
  assert.match(facts.Calibration, /temperature 1\.50/);
  assert.match(facts["Not intended"], /clinical use/);
  assert.equal(card.querySelectorAll("tbody tr").length, classes.length);
  assert.equal(card.querySelector("[role=region]")!.getAttribute("aria-label"), "Scores of each class: Net");
});

test("a network without a result has a card without a number that nobody computed", () => {
  const missing = study([summary("a", "imagenet", {available: false, missing: "needs weights.\n  Run this."})]);
  const bare = {...network, weights: null};
  const card = modelCard(bare, {...context, study: missing, results: results([])});
  assert.match(text(card), /nobody publishes any from ImageNet.*not run here: needs weights\./);
  assert.equal(card.querySelector("table"), null);
  const unplanned = modelCard(bare, {...context, study: study([]), results: results([])});
  assert.match(text(unplanned), /not among the runs of this study/);
});
