import assert from "node:assert/strict";
import {test} from "node:test";
import loadCams from "../../src/loaders/cams.js";
import loadExplanations from "../../src/loaders/explanations.js";
import loadFilm from "../../src/loaders/film.js";
import loadMap from "../../src/loaders/map.js";
import {regions} from "../../src/report/explanations/attention.js";
import {attention, references} from "../../src/report/explanations/attention.js";
import {embedding} from "../../src/report/map/embed.js";
import {faithfulness, methods, sanity} from "../../src/report/explanations/explain.js";
import {maps} from "../../src/report/runs/run.js";
import {study} from "../../src/study.js";
import {images, mistakes, publish, runs, testLabels, testPredictions, testRows} from "./world.js";

const [best, lite] = runs.map(({id}) => id);
const count = testRows.length;

/** The map of an image in place i by run k peaks in one of four cells; that of the first image is empty. */
const gridsOf = (k: number) =>
  testRows.flatMap((_, i) => [0, 1, 2, 3].map((cell) => (i > 0 && cell === (i + k) % 4 ? 255 : 0)));
const [energy, hits] = [0.25, 1].map(
  (value) => (k: number) =>
    Float32Array.from({length: 3 * regions.length}, (_, at) =>
      regions[at % regions.length] === "lungs" ? value / (k + 1) : NaN
    )
);
const judged = (k: number) => ({energy: energy(k), hits: hits(k)});
const keys = ["test/0", "test/1", "test/3"];
publish(references({study}), {keys, uniform: judged(1), centre: judged(3)});
runs.slice(0, 2).forEach((run, k) => {
  const peaks = Float32Array.from(testRows, (_, i) => i / 7);
  publish(maps({study, run}), {
    rows: Int32Array.from(testRows),
    layer: "top",
    size: 2,
    peaks,
    grids: Uint8Array.from(gridsOf(k))
  });
  publish(attention({study, run}), {
    keys,
    seen: [false, false, false],
    labels: Int32Array.of(0, 3, 2),
    predicted: Int32Array.of(1, 3, k),
    ...judged(k)
  });
});
const run = runs[0];
const sampled = Int32Array.of(testRows[4], testRows[9]);
const other = (method: string, cell: number) => ({
  method,
  size: 2,
  peaks: Float32Array.of(0, 2),
  grids: Uint8Array.from([0, 0, 0, 0, ...[0, 1, 2, 3].map((at) => 255 * Number(at === cell))])
});
publish(methods({study, run}), {rows: sampled, layer: "top", methods: [other("grad-cam++", 1), other("layer-cam", 2)]});
const curves = (area: number) => ({areas: Float32Array.of(area, area), curve: Float32Array.of(1, area)});
publish(faithfulness({study, run}), {
  rows: sampled,
  orders: [
    ["map", 0.25],
    ["centre", 0.5],
    ["random", 0.75]
  ].map(([order, area]) => ({order, deletion: curves(Number(area)), insertion: curves(1 - Number(area))}))
});
const similar = (share: number, layer: string, rank: number) => ({
  share,
  layer,
  empty: 1,
  spearman: Float32Array.of(rank, rank),
  ssim: Float32Array.of(0.125, 0.125)
});
publish(sanity({study, run}), {rows: sampled, cascade: [similar(0.12345, "head", 0.5), similar(1, "body", 0.25)]});

/** Points on a line, the last the furthest out: places in the other direction in the second map. */
const coordinates = (sign: number) =>
  Float32Array.from({length: 2 * count}, (_, at) => (at % 2 ? -1 : sign) * Math.floor(at / 2));
const plane = (sign: number) => ({
  coordinates: coordinates(sign),
  disparity: 0.012345,
  trustworthiness: 0.9,
  continuity: 0.8,
  purity: 0.7
});
const neighbours = Int32Array.from({length: 10 * count}, (_, at) => (Math.floor(at / 10) + 1 + (at % 10)) % count);
publish(embedding({study, run}), {
  rows: Int32Array.from(testRows),
  labels: Int32Array.from(testLabels),
  maps: [5, 3].flatMap((perplexity) =>
    [null, 1].map((seed) => ({perplexity, seed, kl: perplexity / 10, ...plane(seed ? -1 : 1)}))
  ),
  pca: {...plane(1), coordinates: coordinates(1).map((value) => value / 2), trustworthiness: 0.6},
  purity: 0.55558,
  stability: [new Float32Array(count).fill(0.256), new Float32Array(count).fill(0.5)],
  neighbours,
  frames: Uint8Array.from({length: 3 * 2 * count}, (_, at) => Math.floor(at / (2 * count)))
});

test("a map is told with what is predicted of its own image, by this run, and is no text where it is empty", async () => {
  const {runs: found} = await loadCams({model: run.model});
  const [{run: id, row, actual, predicted, confidence, methods, layer, source}, ...others] = found;
  assert.deepEqual([id, layer, row, actual, others], [best, "top", testRows, testLabels, []]);
  assert.deepEqual(
    predicted,
    testLabels.map((label, i) => (mistakes(best).includes(i) ? (label + 1) % 4 : label))
  );
  assert.deepEqual(
    confidence,
    testLabels.map((_, i) => (mistakes(best).includes(i) ? 0.4 : 0.7))
  );
  const [own, plus, layered] = methods;
  assert.deepEqual(
    own.grid.map((text) => [...Buffer.from(text, "base64")].indexOf(255)),
    testRows.map((_, i) => (i ? i % 4 : -1))
  );
  assert.deepEqual([own.method, own.size, own.row, own.peak[7], own.grid[0]], ["grad-cam", 2, testRows, 1, ""]);
  assert.deepEqual(
    [plus.method, plus.row, plus.grid[0], [...Buffer.from(plus.grid[1], "base64")]],
    ["grad-cam++", [...sampled], "", [0, 255, 0, 0]]
  );
  assert.deepEqual([layered.method, [...Buffer.from(layered.grid[1], "base64")]], ["layer-cam", [0, 0, 255, 0]]);
  assert.deepEqual(
    source.map(({id}) => id),
    [`maps/${best}`, `methods/${best}`]
  );
  const [second] = (await loadCams({model: runs[1].model})).runs;
  assert.deepEqual([second.run, second.methods.length, second.source.length], [lite, 1, 1]);
});

test("tests of maps are told of the runs that have them, each by its name", async () => {
  const {runs: listed, attention, faithfulness, sanity, agreement} = await loadExplanations();
  assert.deepEqual(
    listed.map(({run, leads}) => [run, leads]),
    [
      [best, true],
      [lite, true]
    ]
  );
  const [row] = attention[1].table;
  assert.deepEqual(
    [
      attention[1].run,
      row.region,
      row.images,
      row.energy.map.value,
      row.energy.uniform,
      row.energy.centre,
      row.energy.gain.value
    ],
    [lite, "lungs", 3, 0.125, 0.125, 0.0625, 0]
  );
  assert.deepEqual([row.hits.map.value, row.hits.uniform], [0.5, 0.5]);
  assert.deepEqual(
    [attention[0].suspected, attention[0].suspects[0]],
    [3, {key: "test/0", label: 0, predicted: 1, measure: "lungs", share: 0.75}]
  );
  const [{run: id, tests}, ...others] = faithfulness;
  assert.deepEqual([id, others], [best, []]);
  assert.deepEqual(
    tests.map(({kind, minusCentre, minusRandom, orders}) => [
      kind,
      minusCentre.value,
      minusRandom.value,
      orders.map(({order, area, curve}) => [order, area.value, curve[1]])
    ]),
    [
      [
        "deletion",
        -0.25,
        -0.5,
        [
          ["map", 0.25, 0.25],
          ["centre", 0.5, 0.5],
          ["random", 0.75, 0.75]
        ]
      ],
      [
        "insertion",
        0.25,
        0.5,
        [
          ["map", 0.75, 0.75],
          ["centre", 0.5, 0.5],
          ["random", 0.25, 0.25]
        ]
      ]
    ]
  );
  assert.deepEqual(
    sanity[0].cascade.map(({share, layer, empty, spearman, ssim}) => [share, layer, empty, spearman.value, ssim.value]),
    [
      [0.1234, "head", 1, 0.5, 0.125],
      [1, "body", 1, 0.25, 0.125]
    ]
  );
  assert.deepEqual(
    agreement.map(({a, b, spearman}) => [a, b, spearman.n]),
    [[best, lite, count - 1]]
  );
  // Each of the two peaks in a cell of its own.
  assert.ok(agreement[0].spearman.value < 0);
});

test("a point keeps its row, class, prediction and series, and its place on a scale that all maps share", async () => {
  const {map} = await loadMap({run: best});
  const {
    row,
    actual,
    predicted,
    numbering,
    numberings,
    maps,
    pca,
    neighbours: near,
    stability,
    purity,
    seeds,
    probabilities
  } = map!;
  assert.deepEqual([row, actual, predicted[5], purity, seeds], [testRows, testLabels, 3, 0.55558, [null, 1]]);
  assert.deepEqual(
    probabilities[5],
    Array.from(testPredictions.get(best)!.probabilities.subarray(20, 24), (p) => Number(p.toFixed(3)))
  );
  assert.deepEqual([numbering, numberings], [Array.from(images.splits.test.families), images.families]);
  assert.deepEqual(
    maps.map(({perplexity, seed, kl, x, y}) => [perplexity, seed, kl, x.at(-1), y.at(-1), x[1]]),
    [
      [5, null, 0.5, 999, -999, 43],
      [5, 1, 0.5, -999, -999, -43],
      [3, null, 0.3, 999, -999, 43],
      [3, 1, 0.3, -999, -999, -43]
    ]
  );
  assert.deepEqual(
    [pca.x.at(-1), pca.trustworthiness, maps[0].trustworthiness, maps[0].continuity, maps[0].purity, maps[0].disparity],
    [999, 0.6, 0.9, 0.8, 0.7, 0.012345]
  );
  assert.deepEqual(
    [near[2], stability.map((values) => values[0])],
    [
      [3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
      [26, 50]
    ]
  );
  assert.deepEqual(await loadMap({run: lite}), {map: null});
  assert.deepEqual(await loadMap({run: "nobody"}), {map: null});
});

test("the film of a map has a frame every 25 iterations, in order", async () => {
  const {film} = await loadFilm({run: best});
  const {run, perplexity, every, frames} = film!;
  assert.deepEqual([run, perplexity, every, frames.length], [best, 5, 25, 3]);
  frames.forEach((frame, i) => assert.deepEqual([...Buffer.from(frame, "base64")], new Array(2 * count).fill(i)));
  assert.deepEqual(await loadFilm({run: lite}), {film: null});
});
