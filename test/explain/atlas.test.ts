import assert from "node:assert/strict";
import test from "node:test";
import {atlas, neighbourCount} from "../../src/lib/explain/atlas.js";
import {mulberry32, normal} from "../../src/lib/support/random.js";
import {near} from "./uniform.js";

const rows = 60;
const labels = Uint8Array.from({length: rows}, (_, i) => i % 3);
const random = mulberry32(3);
/** Three clouds in four dimensions. */
const features = Float32Array.from(
  {length: rows * 4},
  (_, at) => normal(random) + (at % 4 === labels[at >> 2] ? 9 : 0)
);
const options = {perplexities: [12, 5], iterations: 250, seeds: [1, 2]};

test("there is a map for every perplexity and start, laid over the first, with what it is worth", () => {
  const {maps, stability, pca, purity, neighbours, frames} = atlas(features, labels, options);
  assert.deepEqual(
    maps.map(({perplexity, seed}) => [perplexity, seed]),
    [12, 5].flatMap((perplexity) => [null, 1, 2].map((seed) => [perplexity, seed]))
  );
  near(maps[0].disparity, 0, 1e-6);
  for (const map of [...maps, pca]) {
    assert.ok(map.trustworthiness > 0.7 && map.continuity > 0.7 && map.disparity < 1);
  }
  for (const map of maps) assert.equal(map.purity, 1, "clouds this far apart stay apart");
  assert.equal(purity, 1);
  assert.equal(stability.length, 2);
  for (const values of stability) {
    assert.equal(values.length, rows);
    assert.ok(values.every((value) => value >= 0 && value <= 1));
  }
  assert.ok(neighbours.every((j, at) => labels[j] === labels[Math.floor(at / neighbourCount)]));
  assert.equal(frames.length, 10 * 2 * rows, "of the first map, every 25 iterations");
});

test("progress counts the iterations of all maps", () => {
  const reports: {done: number; total: number}[] = [];
  atlas(features, labels, {...options, onProgress: (progress) => reports.push(progress)});
  assert.ok(reports.every(({done, total}, i) => total === 1500 && done > (reports[i - 1]?.done ?? 0)));
  assert.equal(reports.at(-1)?.done, 1500);
});

test("maps from a single start, which show nothing of chance, are refused", () => {
  assert.throws(() => atlas(features, labels, {...options, seeds: []}), {name: "UserError", hint: /seed/});
});
