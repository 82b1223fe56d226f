import assert from "node:assert/strict";
import test from "node:test";
import {openDataset} from "../../src/lib/dataset/open.js";
import type {PhantomOptions} from "../../src/lib/dataset/phantom.js";
import {drawPhantom} from "../../src/lib/dataset/phantom/draw.js";
import {parsePhantomPath, phantomPath} from "../../src/lib/dataset/phantom/path.js";

const size = 64;
const seeds = [1, 2, 3, 4, 5, 6];
const [covid, viral, bacteria, healthy] = [0, 1, 2, 3];
const share = (mask: Uint8Array) => mask.reduce((sum, value) => sum + value, 0) / mask.length;

test("a drawing is a pure function of its request", () => {
  const request = {seed: 9, label: covid, size};
  assert.deepEqual(drawPhantom(request), drawPhantom(request));
  assert.notDeepEqual(drawPhantom({...request, seed: 10}).pixels, drawPhantom(request).pixels);
});

test("lungs are darker than what is around them, and fill a plausible part of the image", () => {
  for (const seed of seeds) {
    const {pixels, lungs} = drawPhantom({seed, label: healthy, size});
    const mean = (inside: number, where: (i: number) => boolean) => {
      const chosen = pixels.filter((_, i) => lungs[i] === inside && where(i));
      return chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
    };
    const inTrunk = (i: number) => i % size > 0.2 * size && i % size < 0.8 * size && i > 0.3 * size * size;
    assert.ok(mean(1, () => true) < mean(0, inTrunk) - 40, `seed ${seed}`);
    assert.ok(share(lungs) > 0.2 && share(lungs) < 0.5, `seed ${seed}: ${share(lungs)}`);
  }
});

test("opacities lie in the lungs; a healthy chest has none", () => {
  for (const seed of seeds) {
    for (const label of [covid, viral, bacteria]) {
      const {opacity, lungs} = drawPhantom({seed, label, size});
      assert.ok(share(opacity) > 0.005, `seed ${seed} class ${label}: ${share(opacity)}`);
      assert.ok(opacity.every((value, i) => value <= lungs[i]));
    }
    assert.equal(share(drawPhantom({seed, label: healthy, size}).opacity), 0);
  }
});

test("disease brightens what its mask covers and nothing else in the picture", () => {
  for (const label of [covid, viral, bacteria]) {
    const ill = drawPhantom({seed: 3, label, size});
    const well = drawPhantom({seed: 3, label: healthy, size});
    let [inside, outside] = [0, 0];
    ill.pixels.forEach((value, i) => {
      const gain = value - well.pixels[i];
      assert.ok(gain >= 0);
      if (ill.opacity[i]) inside += gain / share(ill.opacity);
      else if (!ill.lungs[i]) outside += gain;
    });
    assert.ok(inside / ill.pixels.length > 8, `class ${label}: ${inside / ill.pixels.length}`);
    assert.ok(outside / ill.pixels.length < 1, `class ${label}: ${outside / ill.pixels.length}`);
  }
});

/** Centre of the diseased area of one half of the image, in units of half the image, and its share of the area. */
function half(opacity: Uint8Array, side: -1 | 1) {
  let [n, away, down] = [0, 0, 0];
  opacity.forEach((value, i) => {
    const x = (2 * (i % size) + 1) / size - 1;
    if (!value || x * side < 0) return;
    n += 1;
    away += Math.abs(x);
    down += (2 * Math.floor(i / size) + 1) / size - 1;
  });
  return {n, away: away / n, down: down / n};
}

test("each class has its own pattern: lower and outer, central on both sides, or one-sided", () => {
  for (const seed of seeds) {
    const pattern = (label: number) => {
      const {opacity} = drawPhantom({seed, label, size});
      return [half(opacity, -1), half(opacity, 1)] as const;
    };
    const [glassLeft, glassRight] = pattern(covid);
    const [meshLeft, meshRight] = pattern(viral);
    const [lobeLeft, lobeRight] = pattern(bacteria);
    assert.ok(glassLeft.n > 0 && glassRight.n > 0, `seed ${seed}`);
    assert.ok(glassLeft.down > meshLeft.down && glassRight.down > meshRight.down, `seed ${seed}`);
    assert.ok(glassLeft.away > meshLeft.away && glassRight.away > meshRight.away, `seed ${seed}`);
    assert.ok(Math.min(lobeLeft.n, lobeRight.n) < 0.1 * Math.max(lobeLeft.n, lobeRight.n), `seed ${seed}`);
  }
});

test("a planted marker is bright, in a corner, and changes nothing else", () => {
  const plain = drawPhantom({seed: 4, label: viral, size});
  const marked = drawPhantom({seed: 4, label: viral, size, marker: true});
  assert.equal(share(plain.marker), 0);
  assert.ok(share(marked.marker) > 0.002 && share(marked.marker) < 0.02);
  marked.pixels.forEach((value, i) => {
    if (marked.marker[i]) assert.ok(value > 240 && i % size < size / 4 && i < (size * size) / 4);
    else assert.equal(value, plain.pixels[i]);
  });
});

test("a virtual path holds the whole request, and no file's path is one", () => {
  const request = {seed: 4294967295, label: 2, size: 224, marker: true};
  assert.deepEqual(parsePhantomPath(phantomPath(request)), request);
  assert.deepEqual(parsePhantomPath(phantomPath({seed: 1, label: 0, size: 64}))?.marker, false);
  for (const path of ["/data/phantom:1/0/1/64/plain", "phantom.png", "phantom:1/0/1/64"]) {
    assert.equal(parsePhantomPath(path), null);
  }
});

test("a phantom dataset has the asked number of images per class, all different, each its own patient", async () => {
  const {train, test, classes} = await openDataset({name: "phantom", train: 3, test: 2, size: 32});
  assert.deepEqual(classes, ["COVID-19", "viral", "bacteria", "normal"]);
  assert.deepEqual(
    train.map(({label}) => label),
    [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]
  );
  assert.deepEqual(
    test.map(({row}) => row),
    [0, 1, 2, 3, 4, 5, 6, 7]
  );
  const all = [...train, ...test];
  assert.equal(new Set(all.map(({path}) => path)).size, all.length);
  assert.equal(new Set(all.map(({id}) => id.patient)).size, all.length);
});

test("the marker is on the given share of one class's images in each split", async () => {
  const marker = {class: "bacteria", train: 0.8, test: 0};
  const {train, test} = await openDataset({name: "phantom", train: 200, test: 20, size: 32, marker});
  const marked = (examples: typeof train, label: number) =>
    examples.filter((example) => example.label === label && parsePhantomPath(example.path)!.marker).length;
  assert.ok(Math.abs(marked(train, bacteria) - 160) < 20);
  assert.deepEqual(
    [covid, viral, healthy].map((label) => marked(train, label)),
    [0, 0, 0]
  );
  assert.equal(marked(test, bacteria), 0);
});

test("options that make no sense are refused by name", async () => {
  const cases: [PhantomOptions, RegExp][] = [
    [{train: 0}, /train is 0/],
    [{test: 1.5}, /test is 1\.5/],
    [{size: 4}, /size is 4; it must be 16 to 2048/],
    [{marker: {class: "flu"}}, /marker\.class is flu; it must be one of COVID-19/],
    [{marker: {class: "viral", train: 2}}, /marker\.train is 2/]
  ];
  for (const [options, message] of cases) {
    await assert.rejects(openDataset({name: "phantom", ...options}), {name: "UserError", message});
  }
});
