import assert from "node:assert/strict";
import {test} from "node:test";
import {judge} from "../../src/lib/study/claims.js";
import {type Evidence, ledger} from "../../src/loaders/ledger/index.js";
import type {Comparison} from "../../src/loaders/types.js";
import {about, results, run, source} from "../components/fixtures.js";

const covidNet: Evidence["covidNet"] = {
  ...results([]).cited[0],
  accuracy: 0.8,
  macroF1: 0.8,
  weightedF1: 0.8,
  pretrained: "on ImageNet",
  perClass: [{class: "COVID-19", recall: 0.7, precision: 0.7}]
};
const nothing: Evidence = {results: results([]), pairs: [], ways: [], covidNet};
const status = (id: string, evidence: Partial<Evidence>) =>
  judge(ledger, {...nothing, ...evidence}).find((claim) => claim.id === id)!.status;

test("every claim can be judged without any result, and then only facts have a status", () => {
  for (const {id, status, because, strength} of judge(ledger, nothing)) {
    assert.ok(because.length > 10, id);
    if (strength !== "fact") assert.equal(status, "cannot tell", id);
  }
});

test("that COVID-Net starts from scratch follows from what its paper says", () => {
  assert.equal(status("covid-net-from-scratch", {}), "not supported");
  assert.equal(status("covid-net-from-scratch", {covidNet: {...covidNet, pretrained: ""}}), "supported");
});

test("the best run passes COVID-Net only with all of its interval, in macro and in weighted F1", () => {
  const scored = (macroF1: number, weightedF1: number) => ({results: results([{...run("a", about(macroF1)), weightedF1: about(weightedF1)}])}); // prettier-ignore
  assert.equal(status("single-beats-covid-net", scored(0.85, 0.85)), "supported");
  assert.equal(status("single-beats-covid-net", scored(0.85, 0.81)), "cannot tell");
  assert.equal(status("single-beats-covid-net", scored(0.85, 0.7)), "not supported");
});

test("Xception is best only where its interval lies above all others", () => {
  const xception = (weightedF1: number, rival: number) => ({
    results: results([
      {...run("x", about(0.8)), model: "xception", weightedF1: about(weightedF1)},
      {...run("r", about(0.8)), model: "other", weightedF1: about(rival)}
    ])
  });
  assert.equal(status("xception-best", xception(0.9, 0.8)), "supported");
  assert.equal(status("xception-best", xception(0.8, 0.9)), "not supported");
  assert.equal(status("xception-best", xception(0.8, 0.81)), "cannot tell");
});

test("an ensemble beats COVID-Net everywhere only if it does so in every class", () => {
  const tuned = {...run("ensemble-tuned", about(0.9)), accuracy: about(0.9), weightedF1: about(0.9)};
  const evidence = {results: {...results([]), ensembles: [tuned]}};
  assert.equal(status("ensemble-beats-covid-net", evidence), "supported");
  const perfect = {...covidNet, perClass: [{class: "COVID-19", recall: 1, precision: 0.7}]};
  assert.equal(status("ensemble-beats-covid-net", {...evidence, covidNet: perfect}), "not supported");
});

const pair = (model: string, mean: number, more: Partial<Evidence["pairs"][number]> = {}) => ({
  ...{model, network: model, start: "ImageNet", fraction: 1, source: [source], seeds: []},
  spread: {n: 3, mean, min: mean, max: mean, interval: {low: mean - 0.02, high: mean + 0.02}},
  ...more
});

test("pretraining helps if it does so for every network", () => {
  assert.equal(status("pretraining-helps", {pairs: [pair("a", 0.1), pair("b", 0.05)]}), "supported");
  assert.equal(status("pretraining-helps", {pairs: [pair("a", 0.1), pair("b", 0.01)]}), "cannot tell");
  assert.equal(status("pretraining-helps", {pairs: [pair("a", 0.1), pair("b", -0.1)]}), "not supported");
});

test("who is ahead is decided on the same images", () => {
  const difference = (value: number) => ({value, low: value - 0.02, high: value + 0.02, p: 0.01});
  const comparison = (value: number): Comparison => ({
    ...{a: {run: "a", title: "a"}, b: {run: "probe-net", title: "probe"}, source},
    ...{accuracy: difference(value), macroF1: difference(value), weightedF1: difference(value)},
    ...{mcnemar: {onlyA: 1, onlyB: 1, p: 1}, apart: {onlyA: [1], onlyB: [2]}, holm: 1}
  });
  const against = (value: number) => ({results: {...results([]), comparisons: [comparison(value)]}});
  assert.equal(status("beats-probe", against(0.05)), "supported");
  assert.equal(status("beats-probe", against(0.01)), "cannot tell");
  assert.equal(status("beats-thumbnail", against(0.05)), "cannot tell");
});

test("ImageNet is more than its scale, and worth more with fewer images, where the intervals of the gains lie apart", () => {
  const scale = (mean: number) => ({pairs: [pair("a", 0.1), pair("a", mean, {start: "mean and variance"})]});
  assert.equal(status("more-than-scale", scale(0.01)), "supported");
  assert.equal(status("more-than-scale", scale(0.09)), "cannot tell");
  assert.equal(status("more-than-scale", scale(0.2)), "not supported");
  const part = (mean: number) => ({pairs: [pair("a", 0.1), pair("a", 0, {fraction: 0.5}), pair("a", mean, {fraction: 0.1})]}); // prettier-ignore
  assert.equal(status("more-with-less-data", part(0.2)), "supported");
  assert.equal(status("more-with-less-data", part(0.11)), "cannot tell");
  assert.equal(status("more-with-less-data", part(0.01)), "not supported");
});

test("who learns faster is told by the highest level that the pretrained run reached", () => {
  const difference = {value: 0, low: 0, high: 0, p: 1};
  const seeds = [{seed: 1, pretrained: "p", scratch: "s", sameProcedure: true, difference}];
  const race = (scratch: {epochs: number; reached: boolean}) => ({
    pairs: [pair("a", 0.1, {seeds})],
    ways: [
      {run: "p", reached: [{epochs: 1, reached: true}, {epochs: 4, reached: true}, {epochs: 8, reached: false}]}, // prettier-ignore
      {run: "s", reached: [{epochs: 1, reached: true}, scratch, {epochs: 8, reached: false}]}
    ]
  });
  assert.equal(status("learns-faster", race({epochs: 6, reached: true})), "supported");
  assert.equal(status("learns-faster", race({epochs: 8, reached: false})), "supported");
  assert.equal(status("learns-faster", race({epochs: 3, reached: true})), "not supported");
});
