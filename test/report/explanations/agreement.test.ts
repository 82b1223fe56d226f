import assert from "node:assert/strict";
import {test} from "node:test";
import {spearman} from "../../../src/lib/explain/similarity.js";
import {upsample} from "../../../src/lib/measures/raster.js";
import {agreement, pairsOf} from "../../../src/report/explanations/agreement.js";
import {means} from "../../../src/report/explanations/mean.js";
import {context, near, toyStudy} from "../toy.js";

const study = toyStudy({}, [{}, {}]);
const [a, b] = study.runs;

/** Maps of some rows, each of as many cells as it has numbers. */
function maps(grids: Record<number, number[]>) {
  const rows = Object.keys(grids)
    .map(Number)
    .sort((x, y) => y - x);
  const cells = rows.flatMap((row) => grids[row]);
  return {
    size: Math.sqrt(cells.length / rows.length),
    rows: Int32Array.from(rows),
    peaks: Float32Array.from(rows, (row) => Math.max(...grids[row])),
    grids: Uint8Array.from(cells)
  };
}
const ofA = {3: [0, 10, 200, 255], 5: [255, 30, 20, 10], 8: [255, 0, 0, 0], 9: [1, 255, 3, 4]};
const ofB = {
  3: [9, 2, 3, 200, 1, 6, 7, 8, 5, 10, 11, 12, 4, 14, 255, 16],
  4: [255, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  5: [255, 90, 20, 10, 80, 70, 30, 15, 40, 35, 31, 12, 9, 8, 7, 6],
  8: new Array<number>(16).fill(0)
};
type Found = {images: number; spearman: {value: number; n: number} | null};
const agree = (inputs: object) =>
  agreement({study, pair: [a, b]}).run(inputs as Record<string, unknown>, context()) as Found;

test(
  "maps are compared with those of the same image, wherever it stands in the other list, at the " +
    "finer of two sizes",
  () => {
    const expected = ([3, 5] as const).map((row) => spearman(upsample(ofA[row], 2, 4), ofB[row]));
    assert.ok(Math.abs(expected[0] - expected[1]) > 0.2, "the two images differ");
    for (const inputs of [
      {a: maps(ofA), b: maps(ofB)},
      {a: maps(ofB), b: maps(ofA)}
    ]) {
      const {images, spearman} = agree(inputs);
      assert.deepEqual([images, spearman!.n], [4, 2], "an empty map agrees with none, nor does one of another image");
      near([spearman!.value], [(expected[0] + expected[1]) / 2]);
    }
  }
);

test("runs without an image in common agree about nothing", () => {
  assert.equal(agree({a: maps(ofA), b: maps({7: ofB[3]})}).spearman, null);
});

test("compared are all pairs of runs on all images, each once, and two at most that differ in the seed alone", () => {
  const {runs} = toyStudy({}, [{seed: 1}, {seed: 2}, {seed: 3}, {initialisation: "imagenet"}, {fraction: 0.5}]);
  const pairs = pairsOf({...study, runs}).map((pair) => pair.map(({id}) => id).join(" "));
  assert.deepEqual(pairs, ["toy-1 toy-2", "toy-1 toy-4", "toy-2 toy-4"]);
});

test("means of several columns come from the same resamples of the images", () => {
  const column = Float64Array.of(0.125, 0.5, 0.25, 1, 0.875);
  const [first, second] = means([column, column.map((value) => 1 - value)], {resamples: 300, seed: 1})!;
  assert.deepEqual([first.value, first.n], [0.55, 5]);
  assert.ok(first.low < 0.45 && first.high > 0.65 && first.low > 0.125 && first.high < 1);
  near([second.value, second.low, second.high], [1 - first.value, 1 - first.high, 1 - first.low], 1e-12);
  assert.equal(means([[], []], {resamples: 300, seed: 1}), undefined);
});
