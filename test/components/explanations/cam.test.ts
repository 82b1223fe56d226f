import assert from "node:assert/strict";
import {test} from "node:test";
import {decodeGrid} from "../../../docs/components/explanations/cam.js";
import {type CamFilter, camList, describeMaps, filterCams} from "../../../docs/components/explanations/cam-list.js";
import {classes, source} from "../fixtures.js";

test("a grid is decoded row by row, and an empty map stays empty", () => {
  assert.deepEqual([...(decodeGrid(Buffer.from([0, 64, 128, 255]).toString("base64"), 2) ?? [])], [0, 64, 128, 255]);
  assert.equal(decodeGrid("", 7), undefined);
});

test("a grid of the wrong size is refused", () => assert.throws(() => decodeGrid("AAAA", 7), /49|7 x 7/));

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
