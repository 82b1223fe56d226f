import assert from "node:assert/strict";
import test from "node:test";
import {continuity, knnPurity, neighbourStability, trustworthiness} from "../../src/lib/explain/map-quality.js";
import {near, uniform} from "./uniform.js";

const rows = 40;
const data = uniform(1, 240);

test("trustworthiness equals scikit-learn's", () => {
  const unrelated = uniform(2, 2 * rows);
  const firstTwo = Float32Array.from({length: 2 * rows}, (_, at) => data[Math.floor(at / 2) * 6 + (at % 2)]);
  near(trustworthiness(data, unrelated, {rows, k: 1}), 0.5763157894736842);
  near(trustworthiness(data, unrelated, {rows, k: 5}), 0.530625);
  near(trustworthiness(data, firstTwo, {rows, k: 10}), 0.7755102040816326);
});

test("the data themselves are a map to be trusted", () => {
  assert.equal(trustworthiness(data, data, {rows}), 1);
});

test("continuity counts what a map tears apart, where trustworthiness counts what it brings together", () => {
  // Ten points on a line, of which the map puts the last far beyond the first: torn, but also new next to it.
  const line = Float32Array.from({length: 12}, (_, i) => i);
  const fold = Float32Array.from(line, (value) => Math.abs(value - 5.5) + (value < 5.5 ? 1e-3 : 0));
  assert.ok(trustworthiness(line, fold, {rows: 12, k: 2}) < continuity(line, fold, {rows: 12, k: 2}));
  near(continuity(data, uniform(2, 2 * rows), {rows, k: 5}), trustworthiness(uniform(2, 2 * rows), data, {rows, k: 5}));
});

test("a point is stable where maps agree about its neighbours", () => {
  const map = uniform(3, 2 * rows);
  const turned = Float32Array.from(map, (_, at) => (at % 2 ? map[at - 1] : -map[at + 1]));
  assert.deepEqual(neighbourStability([map, turned], {rows, k: 5}), new Float32Array(rows).fill(1));
  // Of 3 neighbours two are kept: 0, 1, 2, 3 on a line against the same with 3 and 4 exchanged.
  const a = Float32Array.of(0, 0, 1, 0, 2, 0, 3, 0, 10, 0);
  const b = Float32Array.of(0, 0, 1, 0, 2, 0, 10, 0, 3, 0);
  near(neighbourStability([a, b], {rows: 5, k: 3})[0], 2 / 3, 1e-6);
  near(neighbourStability([a, a, b], {rows: 5, k: 3})[0], (1 + 2 / 3 + 2 / 3) / 3, 1e-6);
  assert.throws(() => neighbourStability([map], {rows}), /at least two maps/);
});

test("neighbour purity equals scikit-learn's", () => {
  near(
    knnPurity(
      data,
      Array.from({length: rows}, (_, i) => i % 3),
      5
    ),
    0.31
  );
});

test("a point is not its own neighbour, even among duplicates", () => {
  assert.equal(knnPurity(Float32Array.of(0, 0, 5, 5), [0, 1, 0, 1], 1), 0);
  assert.equal(knnPurity(Float32Array.of(0, 0, 5, 5), [0, 0, 1, 1], 1), 1);
});

test("a number of neighbours that the points do not have is refused", () => {
  assert.throws(() => trustworthiness(data, data, {rows, k: 20}), /between 1 and 19/);
  assert.throws(() => knnPurity(data, new Uint8Array(rows), 40), /between 1 and 39/);
  assert.throws(() => knnPurity(data, new Uint8Array(rows), 0), {name: "UserError"});
  assert.throws(() => knnPurity(data.with(0, Infinity), new Uint8Array(rows)), /row 0, column 0 is Infinity/);
});
