import assert from "node:assert/strict";
import {test} from "node:test";
import {document, text, texts} from "../dom.js";
import {claimTable} from "../../../docs/components/claims/claim.js";
import {claimWords, type Evidence} from "../../../docs/components/claims/claim-figures.js";
import {joined, judge, said} from "../../../src/lib/study/claims.js";
import {ledger} from "../../../src/report/claims/ledger.js";
import type {Comparison} from "../../../src/report/results/artifact.js";
import {about, pair, results, run, source} from "../fixtures.js";

const difference = {value: 0.05, low: 0.02, high: 0.08, p: 0.01};
const against = (b: string): Comparison => ({
  ...{a: {run: "a", title: "A"}, b: {run: b, title: b}, source, holm: {macroF1: 0.03, mcnemar: 1}},
  ...{accuracy: difference, macroF1: difference, weightedF1: difference},
  ...{mcnemar: {onlyA: 2, onlyB: 1, p: 1}, apart: {onlyA: [4, 7], onlyB: [5]}}
});
const dense = {...run("dense", about(0.8)), model: "densenet121", page: "densenet121"};
const found = {
  ...results([{...run("a", about(0.85)), model: "xception"}, dense]),
  ensembles: [run("ensemble-tuned", about(0.9))],
  baselines: [run("baseline-metadata", about(0.5)), run("baseline-prior", about(0.1))],
  comparisons: [against("probe-net"), against("ensemble-tuned")]
};
const few = pair("Net", [0.3]);
const pairs = [
  pair("Net", [0.1, 0.2]),
  {...few, fraction: 0.1, seeds: few.seeds.map((seed) => ({...seed, pretrained: "few"}))}
];
const evidence: Evidence = {results: found, pairs, resamples: 10_000};
const covidNet = {source: "Somebody 2020", pretrained: "on ImageNet"};
const published = {
  ...{title: "Cited", accuracy: about(0.8), macroF1: about(0.8), weightedF1: about(0.8)},
  perClass: [{class: "COVID-19", recall: about(0.7), precision: about(0.7)}]
};
const xception = [{a: {run: "a", title: "A"}, b: {run: "dense", title: "Dense"}, difference, corrected: 0.02}];
const external = {pairs: []};
const ways = ["p0", "p1", "s0", "s1"].map((run) => ({run, reached: [{epochs: 1, reached: true}], validation: [0.5]}));
const claims = judge(ledger, {
  results: found,
  pairs,
  scale: [],
  byClass: [],
  ways,
  external,
  suspected: [],
  balance: {value: 0.5, low: 0.4, high: 0.6},
  xception,
  sameSource: [],
  fall: about(0.1),
  covidNet,
  published
});
const cardOf = (id: string, place = 0) => {
  const element = claimWords(
    claims.find((claim) => claim.id === id)!,
    evidence
  );
  document.body.append(element);
  const button = element.querySelectorAll<HTMLButtonElement>(".lens-number")[place];
  return [text(button), button.getAttribute("aria-description"), button] as const;
};

test("a sentence keeps its words, and its numbers their order", () => {
  const [a, b] = ["1", "2"].map((text) => ({text, of: {a: text, b: text}}));
  const sentence = said`From ${a} to ${joined([said`${b}`, said`more`], ", ")}, ${3} in all.`;
  assert.deepEqual(sentence, {because: "From 1 to 2, more, 3 in all.", figures: [a, b]});
});

test("every claim keeps its sentence, with a lens for every number of which more is known", () => {
  let lenses = 0;
  for (const claim of claims) {
    const words = claimWords(claim, evidence);
    assert.equal(words.textContent, claim.because, claim.id);
    assert.deepEqual(
      texts(words, ".lens-number"),
      (claim.figures ?? []).map(({text}) => text),
      claim.id
    );
    lenses += claim.figures?.length ?? 0;
  }
  assert.equal(claimTable(claims, "Claims", evidence).querySelectorAll(".lens-number").length, lenses);
  const quoting = claims.filter(({because}) => /\d \(−?\d/.test(because));
  for (const {id, figures} of quoting) assert.ok(figures?.length, `${id} has an interval without a lens`);
});

test("behind a score stand its counts and the page with its images", () => {
  const [label, words, button] = cardOf("densenet-covid-recall");
  assert.equal(label, "0.880 to 0.920");
  assert.match(words!, /^Of 2 COVID-19 images, 2 are found\. .*Clopper and Pearson/);
  button.click();
  assert.equal(button.parentElement!.querySelector("a")?.getAttribute("href"), "./network-densenet121.html");
  assert.match(cardOf("sources-leak")[1]!, /^Of 2 COVID-19 images, 2 are found\./);
});

test("behind a difference stand the images that only one gets right, behind a gain its seeds", () => {
  assert.match(cardOf("ensemble-beats-single")[1]!, /^2 images only the first gets right, 1 only the second/);
  assert.match(
    cardOf("pretraining-helps")[1]!,
    /\+0\.10 \(0\.05 to 0\.15\) with seed 1 and \+0\.20 .* with seed 2\. .*Student/
  );
  assert.match(cardOf("more-with-less-data")[1]!, /\+0\.30 .* with seed 1\. .*test images\.$/);
});
