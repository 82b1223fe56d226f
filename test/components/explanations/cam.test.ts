import assert from "node:assert/strict";
import {test} from "node:test";
import {colorize, decodeGrid, upscale} from "../../../docs/components/explanations/cam.js";
import {type CamFilter, camList, describeMaps, filterCams} from "../../../docs/components/explanations/cam-list.js";
import {classes, source} from "../fixtures.js";

test("a grid is decoded row by row, and an empty map stays empty", () => {
  assert.deepEqual([...(decodeGrid(Buffer.from([0, 64, 128, 255]).toString("base64"), 2) ?? [])], [0, 64, 128, 255]);
  assert.equal(decodeGrid("", 7), undefined);
});

test("a grid of the wrong size is refused", () => assert.throws(() => decodeGrid("AAAA", 7), /49|7 x 7/));

test("a constant map stays constant when it is enlarged", () => {
  for (const value of upscale(new Uint8Array(49).fill(102), 7, 50)) assert.ok(Math.abs(value - 0.4) < 1e-6);
});

test("enlarging to the same size changes nothing", () => {
  const grid = [0, 10, 200, 255, 30, 77, 128, 64, 5];
  upscale(grid, 3, 3).forEach((value, i) => assert.ok(Math.abs(value - grid[i] / 255) < 1e-6));
});

test("a peak stays where it is, and a mirrored map gives the mirrored picture", () => {
  const grid = new Uint8Array(25);
  grid[1 * 5 + 3] = 255;
  const mirrored = new Uint8Array(25);
  mirrored[1 * 5 + 1] = 255;
  const [a, b] = [upscale(grid, 5, 55), upscale(mirrored, 5, 55)];
  const peak = a.indexOf(Math.max(...a));
  assert.deepEqual([Math.floor(peak / 55), peak % 55], [16, 38]); // the centre of cell (1, 3): 11 pixels a cell
  for (let y = 0; y < 55; ++y)
    for (let x = 0; x < 55; ++x) assert.ok(Math.abs(a[y * 55 + x] - b[y * 55 + 54 - x]) < 1e-5);
});

test("values stay within 0 and 1 although a cubic overshoots", () => {
  const values = upscale([255, 0, 255, 0, 255, 0, 255, 0, 255], 3, 40);
  assert.ok(Math.min(...values) >= 0 && Math.max(...values) <= 1);
});

test("opacity follows the value: no evidence is transparent, the peak is opaque", () => {
  const pixels = colorize(new Float32Array([0, 0.5, 1]));
  assert.deepEqual([pixels[3], pixels[7], pixels[11]], [0, 128, 255]);
});

test("brightness of the colours rises with the value", () => {
  const pixels = colorize(Float32Array.from({length: 11}, (_, i) => i / 10));
  const luma = Array.from(
    {length: 11},
    (_, i) => 0.2126 * pixels[4 * i] + 0.7152 * pixels[4 * i + 1] + 0.0722 * pixels[4 * i + 2]
  );
  for (let i = 1; i < luma.length; ++i) assert.ok(luma[i] > luma[i - 1]);
});

const published = {
  run: "a",
  title: "A",
  layer: "out",
  row: [4, 5, 6],
  actual: [0, 1, 1],
  predicted: [0, 1, 2],
  confidence: [0.5, 0.9, 0.7],
  methods: [
    {method: "grad-cam", size: 1, row: [4, 5, 6], peak: [1, 0, 1], grid: ["/w==", "", "/w=="]},
    {method: "layer-cam", size: 1, row: [6], peak: [2], grid: ["/w=="]}
  ],
  source: [source]
};
const maps = camList(published, classes);

test("maps are listed with the most confident prediction first", () => {
  assert.deepEqual(
    maps.map(({row, actual, predicted}) => [row, actual, predicted]),
    [
      [5, "viral", "viral"],
      [6, "viral", "bacteria"],
      [4, "COVID-19", "COVID-19"]
    ]
  );
});

test("a method that was computed for some images lists these, and one that was not lists none", () => {
  const [{row, peak, confidence}, ...rest] = camList(published, classes, "layer-cam");
  assert.deepEqual([row, peak, confidence, rest.length], [6, 2, 0.7, 0]);
  assert.deepEqual(camList(published, classes, "hires-cam"), []);
  assert.match(describeMaps(published, []), /no maps by this method/);
});

test("the gallery is filtered by true and predicted class, by outcome and by confidence", () => {
  const rows = (filter: CamFilter) => filterCams(maps, filter).map(({row}) => row);
  assert.deepEqual(rows({}), [5, 6, 4]);
  assert.deepEqual(rows({actual: "viral", outcome: "right"}), [5]);
  assert.deepEqual(rows({outcome: "wrong"}), [6]);
  assert.deepEqual(rows({predicted: "bacteria"}), [6]);
  assert.deepEqual(rows({confidence: 0.7}), [5, 6]);
  assert.deepEqual(rows({actual: "normal"}), []);
});

test("empty maps are counted, not drawn as noise", () => {
  assert.match(describeMaps(published, maps), /grid of 1 × 1 cells .* Empty maps: 33\.3% \(1\/3\)\./);
  assert.match(describeMaps(published, maps.slice(1)), /No map is empty\.$/);
});
