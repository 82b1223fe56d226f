import assert from "node:assert/strict";
import {test} from "node:test";
import {fitLogistic} from "../../src/lib/plausibility/logistic.js";
import {mulberry32, normal} from "../../src/lib/measures/random.js";

const [columns, classes, penalty] = [3, 3, 0.01];
const random = mulberry32(5);
const labels = Int32Array.from({length: 300}, (_, i) => i % classes);
const features = Float32Array.from({length: 300 * columns}, (_, at) => {
  const label = labels[Math.floor(at / columns)];
  return 0.8 * normal(random) + (at % columns === label ? 1 : -0.3);
});

/** Mean cross-entropy with the penalty. */
function lossOf(kernel: Float64Array, bias: Float64Array): number {
  const losses = Array.from(labels, (label, row) => {
    const logits = Array.from(bias, (value, k) =>
      Array.from({length: columns}, (_, j) => kernel[k * columns + j] * features[row * columns + j]).reduce(
        (a, b) => a + b,
        value
      )
    );
    return Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - logits[label];
  });
  const squares = kernel.reduce((sum, value) => sum + value * value, 0);
  return losses.reduce((a, b) => a + b) / losses.length + (penalty / 2) * squares;
}

test("it ends at the least penalised loss: no step in any direction lowers it", () => {
  const {kernel, bias} = fitLogistic(features, labels, {columns, classes, penalty, steps: 600});
  const least = lossOf(kernel, bias);
  assert.ok(
    least <
      lossOf(
        kernel.map(() => 0),
        bias.map(() => 0)
      ) -
        0.2,
    `${least}`
  );
  for (let at = 0; at < kernel.length; ++at) {
    for (const step of [-0.02, 0.02]) {
      const moved = kernel.slice();
      moved[at] += step;
      assert.ok(lossOf(moved, bias) > least, `kernel ${at}`);
    }
  }
  for (const step of [-0.02, 0.02]) {
    const moved = bias.slice();
    moved[1] += step;
    assert.ok(lossOf(kernel, moved) > least, "bias");
  }
});

test("a large penalty leaves no kernel and a bias of the classes' shares", () => {
  const uneven = labels.map((label) => (label === 2 ? 0 : label));
  const {kernel, bias} = fitLogistic(features, uneven, {columns, classes: 2, penalty: 100, steps: 8000});
  assert.ok(kernel.every((value) => Math.abs(value) < 1e-2));
  assert.ok(Math.abs(bias[0] - bias[1] - Math.log(2)) < 0.02, `${bias}`);
});
