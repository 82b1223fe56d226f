import assert from "node:assert/strict";
import {existsSync} from "node:fs";
import {join} from "node:path";
import test from "node:test";
import {jointAffinities} from "../../src/lib/explain/affinities.js";
import {exactKl} from "../../src/lib/explain/divergence.js";
import {knnPurity, trustworthiness} from "../../src/lib/explain/map-quality.js";
import {procrustes} from "../../src/lib/explain/procrustes.js";
import {tsne} from "../../src/lib/explain/tsne.js";
import type {TsneOptions} from "../../src/lib/explain/tsne.js";
import {readNpy, readTsneReference} from "../../src/lib/explain/tsne-reference.js";
import {mulberry32, normal} from "../../src/lib/measures/random.js";
import oracle from "../fixtures/oracles/embeddings.json" with {type: "json"};
import {near} from "./uniform.js";

const rows = 120;
const options: TsneOptions = {rows, perplexity: 15, iterations: 400};
const labels = Uint8Array.from({length: rows}, (_, i) => i % 3);

/** Three normal clouds in eight dimensions. */
function clouds(distance: number): Float32Array {
  const random = mulberry32(11);
  return Float32Array.from({length: rows * 8}, (_, at) => normal(random) + (at % 8 === labels[at >> 3] ? distance : 0));
}

test("clouds that are apart in the data are apart in the map", () => {
  const {coordinates, kl, iterations} = tsne(clouds(8), options);
  assert.equal(knnPurity(coordinates, labels), 1);
  assert.ok(trustworthiness(clouds(8), coordinates, {rows}) > 0.9);
  assert.equal(iterations, 400);
  near(kl, exactKl(jointAffinities(clouds(8), {rows, perplexity: 15}), coordinates));
});

test("equal input gives equal output, to the bit; only a random start depends on the seed", () => {
  const data = clouds(3);
  const map = (more: Partial<TsneOptions>) => tsne(data, {...options, iterations: 100, ...more}).coordinates;
  assert.deepEqual(map({seed: 1}), map({seed: 2}));
  assert.deepEqual(map({init: "random", seed: 1}), map({init: "random", seed: 1}));
  assert.notDeepEqual(map({init: "random", seed: 1}), map({init: "random", seed: 2}));
});

test("more iterations lower the divergence", () => {
  const kl = (iterations: number) => tsne(clouds(3), {...options, iterations}).kl;
  assert.ok(kl(1) > kl(100) + 0.5);
  assert.ok(kl(100) > kl(500));
});

for (const method of ["exact", "barnes-hut"] as const) {
  test(`many duplicates of a point stay together and disturb nothing, ${method}`, () => {
    const data = clouds(8);
    for (let i = 30; i < 60; ++i) data.copyWithin(i * 8, 0, 8);
    const {coordinates, kl} = tsne(data, {...options, method});
    assert.ok(coordinates.every(Number.isFinite) && Number.isFinite(kl));
    const distance = (i: number) =>
      Math.hypot(coordinates[2 * i] - coordinates[0], coordinates[2 * i + 1] - coordinates[1]);
    const furthest = Math.max(...Array.from({length: rows}, (_, i) => distance(i)));
    for (let i = 30; i < 60; ++i) assert.ok(distance(i) < furthest / 10, `${distance(i)} of ${furthest}`);
  });
}

test("the map is centred and progress is reported to the end", () => {
  const reports: number[] = [];
  const onProgress = ({done, total}: {done: number; total: number}) => reports.push(done / total);
  const {coordinates} = tsne(clouds(3), {...options, iterations: 110, onProgress});
  for (const axis of [0, 1])
    near(coordinates.reduce((sum, value, at) => sum + (at % 2 === axis ? value : 0), 0) / rows, 0, 1e-5);
  assert.deepEqual(reports, [50 / 110, 100 / 110, 1]);
});

test("many points are embedded from their neighbours and a quadtree, as well as from all pairs", () => {
  const data = clouds(3);
  const affinities = jointAffinities(data, {rows, perplexity: 15});
  const divergence = (method: "exact" | "barnes-hut") =>
    exactKl(affinities, tsne(data, {...options, method}).coordinates);
  assert.ok(Math.abs(divergence("barnes-hut") / divergence("exact") - 1) < 0.05);
});

test("the map can be watched on its way, every 25 iterations", () => {
  const seen: number[] = [];
  const onSnapshot = (map: Float64Array, iteration: number) => {
    assert.equal(map.length, 2 * rows);
    seen.push(iteration);
  };
  tsne(clouds(3), {...options, iterations: 80, onSnapshot});
  assert.deepEqual(seen, [25, 50, 75]);
});

test("what cannot be embedded is named, with a way out", () => {
  const data = clouds(3);
  assert.throws(() => tsne(data, {rows}), /perplexity of 50 is not possible with 120 points/);
  assert.throws(() => tsne(data, {...options, iterations: 0}), /cannot run 0 iterations/);
  assert.throws(() => tsne(data, {...options, earlyExaggeration: 0.5}), /exaggeration 0.5/);
  assert.throws(() => tsne(data, {...options, learningRate: -1}), /learning rate -1/);
  assert.throws(() => tsne(data, {...options, learningRate: 1e300}), /diverged/);
  assert.throws(() => tsne(data.with(9, NaN), options), /row 1, column 1 is NaN/);
  assert.throws(() => tsne(new Float32Array(rows * 8).fill(1), options), /all rows/);
  assert.throws(() => tsne(data.subarray(0, rows), options), /init: "random"/);
});

test("an .npy file is read in either order", () => {
  const npy = (order: string, values: number[]) => {
    const header = `{'descr': '<f4', 'fortran_order': ${order}, 'shape': (2, 3), }`.padEnd(117) + "\n";
    const length = Buffer.of(header.length, 0);
    const body = Buffer.from(Float32Array.from(values).buffer);
    return Buffer.concat([Buffer.from("\x93NUMPY\x01\x00", "latin1"), length, Buffer.from(header), body]);
  };
  const expected = {values: Float32Array.of(1, 2, 3, 4, 5, 6), rows: 2, columns: 3};
  assert.deepEqual(readNpy(npy("False", [1, 2, 3, 4, 5, 6])), expected);
  assert.deepEqual(readNpy(npy("True", [1, 4, 2, 5, 3, 6])), expected);
  assert.throws(() => readNpy(npy("False", [1, 2, 3])), /2 × 3 values is cut off/);
  assert.throws(() => readNpy(Buffer.from("no matrix")), /Not a float32 matrix/);
});

const path = join(process.env.REFERENCE_DIR ?? "", "tsne", "mobilenetv2_test.json");
const skip = !process.env.REFERENCE_DIR || !existsSync(path) ? "set REFERENCE_DIR to the folder of references" : false;

test("real features reach a lower divergence than scikit-learn and openTSNE from every start", {skip}, () => {
  const {features, rows, labels, runs} = readTsneReference(path);
  const best = Math.min(...runs.map((run) => run.kl_exact));
  const found: number[] = [];
  const seeds = [1, 2, 3, 4, 5].map((seed) => ({init: "random", seed}) as const);
  for (const start of [{}, ...seeds]) {
    const {coordinates, kl} = tsne(features, {rows, perplexity: 50, ...start});
    assert.ok(kl < best, `${kl} from ${JSON.stringify(start)}; the best of the others is ${best}`);
    found.push(kl);
    assert.ok(trustworthiness(features, coordinates, {rows}) > 0.94);
    assert.ok(knnPurity(coordinates, labels) > 0.79);
  }
  assert.ok(Math.max(...found) < 1.02 * Math.min(...found), `every start ends alike: ${found.join(" ")}`);
});

test(
  "the divergence, the trustworthiness and the shape of scikit-learn's map are what scikit-learn " +
    "and SciPy say of it",
  () => {
    const {data, perplexity, map, other, kl, ...expected} = oracle.tsne;
    const [values, points, others] = [data, map, other].map((rows) => Float32Array.from(rows.flat()));
    const rows = data.length;
    near(exactKl(jointAffinities(values, {rows, perplexity}), points), kl, 1e-4);
    near(trustworthiness(values, points, {rows, k: 5}), expected.trustworthiness, 1e-9);
    near(procrustes(points, others).disparity, expected.disparity, 1e-6);
    const own = tsne(values, {rows, perplexity, iterations: 500});
    assert.ok(own.kl < kl + 0.02, `${own.kl} is not much above scikit-learn's ${kl}`);
  }
);
