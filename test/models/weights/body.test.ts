import assert from "node:assert/strict";
import {test} from "node:test";
import type {NamedWeights} from "../../../src/lib/models/architecture.js";
import {renumber, withoutTop} from "../../../src/lib/models/weights/body.js";

/** Weights of these names and numbers of dimensions, told apart by their only value. */
const weights = (...entries: [name: string, rank: number][]): NamedWeights =>
  new Map(entries.map(([name, rank], i) => [name, {shape: Array<number>(rank).fill(1), data: new Float32Array([i])}]));

test("layers with a matrix are a top's, with all that belongs to them, in Keras's names and in PyTorch's", () => {
  const keras = weights(["conv/kernel", 4], ["conv/bias", 1], ["fc1000/kernel", 2], ["fc1000/bias", 1]);
  assert.deepEqual([...withoutTop(keras).keys()], ["conv/kernel", "conv/bias"]);
  const torch = weights(
    ["blocks.0.conv.weight", 4],
    ["classifier.bias", 1],
    ["classifier.weight", 2],
    ["bn.weight", 1]
  );
  assert.deepEqual([...withoutTop(torch).keys()], ["blocks.0.conv.weight", "bn.weight"]);
});

test("unnamed layers are taken in the order of their numbers, each kind for itself", () => {
  const file = weights(
    ["conv2d_10/kernel", 4],
    ["conv2d_9/kernel", 4],
    ["batch_normalization/gamma", 1],
    ["batch_normalization/beta", 1],
    ["block1_conv2d_1/kernel", 4]
  );
  const expected = ["conv2d_1/kernel", "batch_normalization_5/gamma", "batch_normalization_5/beta", "conv2d_2/kernel"];
  const found = [...renumber(file, expected)].map(([name, {data}]) => [name, data[0]]);
  assert.deepEqual(found, [
    ["conv2d_2/kernel", 0],
    ["conv2d_1/kernel", 1],
    ["batch_normalization_5/gamma", 2],
    ["batch_normalization_5/beta", 3],
    ["block1_conv2d_1/kernel", 4]
  ]);
});

test("a kind that is not as frequent as expected keeps its names, so that the misfit is told", () => {
  const file = weights(["conv2d_3/kernel", 4], ["conv2d_4/kernel", 4]);
  assert.deepEqual([...renumber(file, ["conv2d_1/kernel"]).keys()], ["conv2d_3/kernel", "conv2d_4/kernel"]);
});
