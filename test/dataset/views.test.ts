import assert from "node:assert/strict";
import {test} from "node:test";
import {toRows} from "../../src/lib/dataset/rows.js";
import {donorsOf, type View, viewed, views} from "../../src/lib/dataset/views.js";
import {mulberry32, shuffle} from "../../src/lib/measures/random.js";

// Two images of 4 x 4 pixels. Their lungs are an L and the lower right corner.
const size = 4;
const lungs = Uint8Array.from(
  [
    [0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
  ].flat(),
  (value) => 255 * value
);
const images = {
  size,
  rows: toRows([0, 7]),
  labels: Int32Array.of(0, 1),
  data: Uint8Array.from({length: 32}, (_, i) => 100 + i)
};
/** Where something of the first image is left. */
const left = (view: View, donors?: number[]) => {
  const {data} = viewed(images, lungs, view, donors);
  return [...data.subarray(0, 16).keys()].filter((at) => data[at] > 0);
};
const everywhere = [...Array(16).keys()];

test("the whole is the image itself", () => assert.equal(viewed(images, lungs, "whole"), images));

test("what is shown are the lungs, or what is hidden are they, their box or another patient's", () => {
  assert.deepEqual(left("lungs"), [5, 9, 10]);
  assert.deepEqual(
    left("outline"),
    everywhere.filter((at) => ![5, 9, 10].includes(at))
  );
  assert.deepEqual(
    left("box"),
    everywhere.filter((at) => ![5, 6, 9, 10].includes(at))
  );
  assert.deepEqual(
    left("other", [1, 0]),
    everywhere.filter((at) => at !== 15)
  );
});

test("what is left is as it was, and a silhouette says nothing of the image", () => {
  for (const view of views.filter((view) => view !== "silhouette")) {
    const {data} = viewed(images, lungs, view, [1, 0]);
    assert.ok(
      data.every((value, at) => value === 0 || value === images.data[at]),
      view
    ); // the place decides alone
  }
  const other = {...images, data: images.data.map((value) => value - 50)};
  assert.deepEqual(viewed(images, lungs, "silhouette").data, lungs);
  assert.deepEqual(viewed(other, lungs, "silhouette").data, lungs);
});

test("a donor is always another patient", () => {
  const patients = ["a", "b", "a", "c", "b", "d"];
  const donors = donorsOf(patients, (names) => shuffle(names, mulberry32(1)));
  donors.forEach((donor, i) => assert.notEqual(patients[donor], patients[i]));
  assert.throws(() => donorsOf(["a", "a"], (names) => names), RangeError);
});
