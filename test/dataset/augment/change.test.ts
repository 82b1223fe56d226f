import assert from "node:assert/strict";
import test from "node:test";
import type {Augmentation, Change} from "../../../src/lib/dataset/augment/change.js";
import {drawChange} from "../../../src/lib/dataset/augment/change.js";
import {mulberry32, stream} from "../../../src/lib/measures/random.js";

const all: Required<Augmentation> = {
  flip: true,
  rotate: 10,
  zoom: 1.1,
  lighting: 0.2,
  warp: 0.2,
  cutout: {holes: [1, 4], length: [20, 50]}
};
const draws = 4000;
const drawn = (settings: Augmentation) =>
  Array.from({length: draws}, (_, i) => drawChange(stream(i, "image"), settings));
const changes = drawn(all);
const nothing = {mirrored: false, warp: [0, 0, 0, 0], degrees: 0, zoom: 1, brightness: 0.5, contrast: 1, holes: []};

test("mirroring and holes happen to half of the images, every other change to three quarters", () => {
  const share = (happens: (change: Change) => boolean) => changes.filter(happens).length / draws;
  const expected: [number, (change: Change) => boolean][] = [
    [0.5, ({mirrored}) => mirrored],
    [0.5, ({holes}) => holes.length > 0],
    [0.75, ({warp}) => warp.some((m) => m !== 0)],
    [0.75, ({degrees}) => degrees !== 0],
    [0.75, ({zoom}) => zoom !== 1],
    [0.75, ({brightness}) => brightness !== 0.5],
    [0.75, ({contrast}) => contrast !== 1],
    // One does not depend on another.
    [0.75 ** 2, ({degrees, zoom}) => degrees !== 0 && zoom !== 1],
    [0.75 ** 2, ({brightness, contrast}) => brightness !== 0.5 && contrast !== 1]
  ];
  // Four standard errors of a share.
  for (const [p, happens] of expected) assert.ok(Math.abs(share(happens) - p) < 4 * Math.sqrt((p * (1 - p)) / draws));
});

test("amounts fill the study's ranges and stay within them", () => {
  const range = (amounts: (change: Change) => readonly number[], low: number, high: number) => {
    const values = changes.flatMap(amounts);
    const slack = (high - low) / 50;
    const [least, most] = [Math.min(...values), Math.max(...values)];
    assert.ok(least >= low && least < low + slack && most <= high && most > high - slack, `${least} to ${most}`);
  };
  range(({warp}) => warp, -0.2, 0.2);
  range(({degrees}) => [degrees], -10, 10);
  range(({zoom}) => [zoom], 1, 1.1);
  range(({focus}) => focus, 0, 1);
  range(({brightness}) => [brightness], 0.4, 0.6);
  range(({contrast}) => [contrast], 0.8, 1.25);
});

test("the four sides are warped each by an amount of its own", () => {
  const {warp} = changes.find(({warp}) => warp[0] !== 0)!;
  assert.equal(new Set(warp).size, 4);
});

test("contrast is even in its logarithm: half of the images that it changes lose some", () => {
  const changed = changes.filter(({contrast}) => contrast !== 1);
  const share = changed.filter(({contrast}) => contrast < 1).length / changed.length;
  assert.ok(Math.abs(share - 0.5) < 0.04);
});

test("with nothing switched on nothing changes", () => {
  for (const {focus, ...change} of drawn({}).slice(0, 50)) {
    assert.deepEqual({...change, degrees: change.degrees + 0, warp: change.warp.map((m) => m + 0)}, nothing);
    assert.equal(focus.length, 2);
  }
});

test("one setting alone gives what it gives among all others", () => {
  const fields: [keyof Augmentation, keyof Change][] = [
    ["flip", "mirrored"],
    ["rotate", "degrees"],
    ["zoom", "zoom"],
    ["lighting", "brightness"],
    ["lighting", "contrast"],
    ["warp", "warp"],
    ["cutout", "holes"]
  ];
  for (const [setting, field] of fields) {
    const alone = drawn({[setting]: all[setting]}).slice(0, 50);
    alone.forEach((change, i) => assert.deepEqual(change[field], changes[i][field]));
  }
});

test("as many numbers are taken from the stream whatever is switched on", () => {
  const after = (settings: Augmentation) => {
    const random = mulberry32(5);
    drawChange(random, settings);
    return random.state;
  };
  for (const setting of Object.keys(all) as (keyof Augmentation)[]) {
    assert.equal(after({[setting]: all[setting]}), after({}));
  }
  assert.equal(after(all), after({}));
});
