import assert from "node:assert/strict";
import {test} from "node:test";
import type {NamedWeights} from "../../../src/lib/models/architecture.js";
import {fromTorch} from "../../../src/lib/models/weights/torch-names.js";

/** A tensor that counts its elements. */
const counting = (...shape: number[]) => ({
  shape,
  data: Float32Array.from({length: shape.reduce((a, b) => a * b, 1)}, (_, i) => i)
});

test("convolutions, depthwise ones, linear layers and batch norms get this project's names and layouts", () => {
  const torch: NamedWeights = new Map([
    ["stem.conv.weight", counting(2, 3, 1, 2)],
    ["stem.conv.bias", counting(2)],
    ["stem.dw.weight", counting(2, 1, 3, 1)],
    ["stem.bn.weight", counting(2)],
    ["stem.bn.bias", counting(2)],
    ["stem.bn.running_mean", counting(2)],
    ["stem.bn.running_var", counting(2)],
    ["stem.bn.num_batches_tracked", counting()],
    ["classifier.weight", counting(2, 3)],
    ["classifier.bias", counting(2)]
  ]);
  const converted = fromTorch(torch);
  const shapes = [...converted].map(([name, {shape}]) => `${name} ${shape}`);
  assert.deepEqual(shapes, [
    "stem.conv/kernel 1,2,3,2",
    "stem.conv/bias 2",
    "stem.dw/depthwise_kernel 3,1,2,1",
    "stem.bn/gamma 2",
    "stem.bn/beta 2",
    "stem.bn/moving_mean 2",
    "stem.bn/moving_variance 2",
    "classifier/kernel 3,2",
    "classifier/bias 2"
  ]);
  // Element [h, w, i, o] was [o, i, h, w]: 6 o + 2 i + 2 h + w.
  assert.deepEqual(Array.from(converted.get("stem.conv/kernel")!.data), [0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11]);
  assert.deepEqual(Array.from(converted.get("stem.dw/depthwise_kernel")!.data), [0, 3, 1, 4, 2, 5]);
  assert.deepEqual(Array.from(converted.get("classifier/kernel")!.data), [0, 3, 1, 4, 2, 5]);
});
