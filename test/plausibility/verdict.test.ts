import assert from "node:assert/strict";
import {test} from "node:test";
import type {Picture} from "../../src/lib/plausibility/picture.js";
import {rangesOf} from "../../src/lib/plausibility/picture.js";
import {featureFaults, heldOf, judge, limitsOf} from "../../src/lib/plausibility/verdict.js";

const usual: Picture = {spread: 50, roughness: 0.01, commonest: 0.05, entropy: 7, flat: 0.1};
/** A thousand radiographs with distances and odds in even steps. */
const held = (from: number, to: number, odds = 0) =>
  heldOf(
    rangesOf([usual]),
    Array.from({length: 1001}, (_, i) => ({distance: from + ((to - from) * i) / 1000, odds: odds + i / 1000, kind: ""}))
  );
const validation = held(10, 20);
const limits = limitsOf([validation], 0);
const scores = (distance: number, odds = 0, kind = "negated") => ({distance, odds, kind});

test("a limit leaves its share of a set beyond, on the side where it is", () => {
  assert.deepEqual(
    [limits.far, limits.odds].map((value) => Number(value.toFixed(2))),
    [19.8, 0.98]
  );
  const beyond = (all: Float32Array, limit: number) => all.filter((value) => value > limit).length;
  assert.deepEqual([beyond(validation.distance, limits.far), beyond(validation.odds, limits.odds)], [20, 20]);
  assert.equal(validation.distance.filter((value) => value < limits.near).length, 2);
});

test("of several sets the one that lies farthest out sets each limit", () => {
  const both = limitsOf([validation, held(5, 12, 3), held(12, 40, -3)], 0);
  assert.ok(both.near < 5.1 && both.far > 39 && both.odds > 3.9, JSON.stringify(both));
  assert.ok(limitsOf([validation], 0, 0.5).far < limits.far);
});

test("distances are looked at from both sides, odds from one", () => {
  assert.deepEqual(featureFaults(scores(15), limits), []);
  assert.match(featureFaults(scores(30), limits).join(), /unlike the training images/);
  assert.match(featureFaults(scores(1), limits).join(), /closer/);
  assert.match(featureFaults(scores(15, 2, "upside down"), limits).join(), /upside down/);
  assert.deepEqual(featureFaults(scores(15, -9), limits), []);
});

test("reasons stand in the order in which an image is looked at, and the place is among the validation images", () => {
  const odd = {picture: {...usual, spread: 1}, colour: 90, scores: scores(16, 2, "blurred")};
  const {reasons, share, distance} = judge(odd, limits, validation);
  assert.equal(reasons.length, 3);
  assert.match(reasons.join("|"), /colour\|.*contrast\|.*blurred/);
  assert.deepEqual([distance, Number(share.toFixed(2))], [16, 0.6]);
  assert.deepEqual(judge({picture: usual, colour: 0, scores: scores(1000)}, limits, validation).share, 1);
  assert.deepEqual(judge({picture: usual, colour: 0, scores: scores(15)}, limits, validation).reasons, []);
});
