import assert from "node:assert/strict";
import {before, test} from "node:test";
import {useBackend} from "../../src/lib/engine/backend.js";
import {xception} from "../../src/lib/models/xception.js";
import {countTrainable, featureShape} from "./counts.js";

before(async () => void (await useBackend()));

test("Xception has the study's number of parameters", () => {
  assert.deepEqual(countTrainable(xception), {body: 20_806_952, all: 22_915_884});
});

test("features of any image are about a thirty-second of its size", () => {
  assert.deepEqual(featureShape(xception, 64, 96), [1, 2, 3, 2048]);
  assert.deepEqual(featureShape(xception, 101, 75), [1, 3, 3, 2048]);
});
