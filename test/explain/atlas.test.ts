import assert from "node:assert/strict";
import test from "node:test";
import {atlas, neighbourCount, neighboursOf, perplexitiesOf} from "../../src/lib/explain/atlas.js";
import {mulberry32, normal} from "../../src/lib/measures/random.js";
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

for (const few of [4, 5, 6, 12, 29, 40]) {
  test(`perplexities and neighbours follow ${few} points`, () => {
    const {maps, stability, neighbours, pca} = atlas(features.slice(0, 4 * few), labels.slice(0, few), {
      ...options,
      perplexities: [50, 5, 10, 30]
    });
    const perplexities = perplexitiesOf(few, [50, 5, 10, 30]);
    assert.deepEqual([...new Set(maps.map(({perplexity}) => perplexity))], perplexities);
    assert.ok(perplexities.every((perplexity) => perplexity > 1 && 3 * perplexity <= few));
    assert.equal(new Set(perplexities).size, perplexities.length, "none is asked for twice");
    assert.equal(neighbours.length, few * neighboursOf(few));
    for (const values of [...stability, ...maps.map((map) => [map.trustworthiness, map.purity]), [pca.continuity]]) {
      assert.ok(
        values.every((value) => value >= 0 && value <= 1 + 1e-9),
        `${values.join()}`
      );
    }
  });
}

test("as many points as a study has keep their settings, to the point where they are a third", () => {
  assert.deepEqual(perplexitiesOf(639, [50, 5, 10, 30]), [50, 5, 10, 30]);
  assert.deepEqual(perplexitiesOf(150, [50, 5]), [50, 5]);
  assert.deepEqual(perplexitiesOf(149, [50, 5]), [49, 5]);
  assert.deepEqual([neighboursOf(639), neighboursOf(22), neighboursOf(21), neighboursOf(20)], [10, 10, 10, 9]);
});
