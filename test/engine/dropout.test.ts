import assert from "node:assert/strict";
import {test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {backendNames, tryBackend} from "../../src/lib/engine/backend.js";
import {dropout, uniform} from "../../src/lib/engine/dropout.js";

const values = async (compute: () => tf.Tensor) => {
  const tensor = tf.tidy(compute);
  const numbers = Array.from(await tensor.data());
  tensor.dispose();
  return numbers;
};

for (const backend of backendNames) {
  test(
    `${backend}: dropout drops its share, scales the rest, follows from seed and purpose, and ` + "passes gradients",
    async (t) => {
      const {works, reason} = await tryBackend(backend);
      if (!works) return t.skip(reason);
      const draw = (seed: number | tf.Scalar, purpose: string) =>
        values(() => dropout(tf.ones([50, 40]), 0.25, seed, purpose));
      const first = await draw(7, "a");
      assert.ok(first.every((value) => value === 0 || Math.abs(value - 4 / 3) < 1e-6));
      const kept = first.filter(Boolean).length / first.length;
      assert.ok(Math.abs(kept - 0.75) < 0.04, `kept ${kept}`);
      assert.deepEqual(await draw(tf.scalar(7, "int32"), "a"), first, "a seed may be a number or a tensor");
      for (const other of [draw(8, "a"), draw(7, "b"), draw(7 | (1 << 31), "a")]) {
        assert.notDeepEqual(await other, first);
      }
      const slopes = await values(() => tf.grad((x) => dropout(x, 0.25, 7, "a"))(tf.ones([50, 40])));
      assert.deepEqual(slopes, first);
    }
  );

  test(`${backend}: uniform numbers fill [0, 1) evenly`, async (t) => {
    const {works, reason} = await tryBackend(backend);
    if (!works) return t.skip(reason);
    const numbers = await values(() => uniform([4000], 3, "test"));
    const counts = new Array<number>(10).fill(0);
    for (const number of numbers) counts[Math.floor(10 * number)] += 1;
    for (const count of counts) assert.ok(Math.abs(count - 400) < 80, `${counts}`);
  });
}
