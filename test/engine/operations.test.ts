import assert from "node:assert/strict";
import {test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import type {BackendName} from "../../src/lib/engine/backend.js";
import {backendNames, tryBackend} from "../../src/lib/engine/backend.js";
import {batchNormInfer, batchNormTrain} from "../../src/lib/engine/fused.js";
import {groupedConv2d} from "../../src/lib/engine/grouped-convolution.js";
import {normal, shuffle, stream} from "../../src/lib/measures/random.js";
import type {Array4D, Window} from "./reference.js";
import * as reference from "./reference.js";

type T4 = tf.Tensor4D;
type Values = ArrayLike<number>;

interface Case {
  /** Shapes of the inputs, which are filled from a seeded stream. */
  shapes: number[][];
  compute(...inputs: tf.Tensor[]): tf.Tensor;
  /** The right values in plain JavaScript; where absent, those of the `cpu` backend. */
  expected?(...inputs: Array4D[]): Values;
  /** Makes inputs positive, for logarithms and roots. */
  positive?: boolean;
  /** False where TensorFlow.js has no gradient. */
  gradient?: boolean;
  /** A backend that does not have the operation. */
  without?: BackendName;
}

const image = [2, 5, 6, 2];
// tfjs-node pads by 'same' and 'valid' only; models call tf.pad for anything else.
const padsByNumber = ({pad}: Window): Partial<Case> => (typeof pad === "number" ? {without: "tensorflow"} : {});
const conv = (window: Window, x = image, filter = [3, 3, 2, 3]): Case => ({
  shapes: [x, filter],
  compute: (x, w) => tf.conv2d(x as T4, w as T4, window.stride ?? 1, window.pad, "NHWC", window.dilation ?? 1),
  expected: (x, w) => reference.conv2d(x, w, window),
  gradient: !window.dilation,
  ...padsByNumber(window)
});
const depthwise = (window: Window, filter = [3, 3, 2, 1]): Case => ({
  shapes: [image, filter],
  compute: (x, w) => tf.depthwiseConv2d(x as T4, w as T4, window.stride ?? 1, window.pad, "NHWC", window.dilation ?? 1),
  expected: (x, w) => reference.depthwiseConv2d(x, w, window),
  gradient: !window.dilation,
  ...padsByNumber(window)
});
const grouped = (stride: number, pad: "same" | "valid", x = image, filter = [3, 3, 1, 4]): Case => ({
  shapes: [x, filter],
  compute: (x, w) => groupedConv2d(x as T4, w as T4, stride, pad),
  expected: (x, w) => reference.groupedConv2d(x, w, {stride, pad})
});
const pooled = (kind: "max" | "mean", size: number, stride: number, pad: "same" | "valid"): Case => ({
  shapes: [image],
  compute: (x) => (kind === "max" ? tf.maxPool : tf.avgPool)(x as T4, size, stride, pad),
  expected: (x) => reference.pool(kind, x, size, {stride, pad})
});
const unary = (compute: (x: tf.Tensor) => tf.Tensor, value?: (x: number) => number, positive = false): Case => ({
  shapes: [[3, 7]],
  compute,
  positive,
  expected: value && ((x) => Array.from(x.values, value))
});
const binary = (compute: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor, other = [2, 3, 4], positive = false): Case => ({
  shapes: [[2, 3, 4], other],
  compute,
  positive
});
const labels = () => tf.oneHot(tf.tensor1d([0, 3, 1], "int32"), 4);
const epsilon = 1e-3;

const cases: Record<string, Case> = {
  "conv2d, same": conv({pad: "same"}),
  "conv2d, valid": conv({pad: "valid"}),
  "conv2d, stride 2, same, odd and even sizes": conv({pad: "same", stride: 2}),
  "conv2d, stride 2, valid, with a row left over": conv({pad: "valid", stride: 2}, [1, 6, 6, 2]),
  "conv2d, padded by a number": conv({pad: 1, stride: 2}),
  "conv2d, padded by more than the filter": conv({pad: 3}, [1, 4, 3, 2]),
  "conv2d, 1x1": conv({pad: "same"}, image, [1, 1, 2, 3]),
  "conv2d, 1x1, stride 2": conv({pad: "valid", stride: 2}, image, [1, 1, 2, 3]),
  "conv2d, 7x7, stride 2": conv({pad: "same", stride: 2}, [1, 9, 8, 1], [7, 7, 1, 2]),
  "conv2d, dilated": conv({pad: "same", dilation: 2}),
  "conv2d, padded explicitly": {
    shapes: [image, [3, 3, 2, 3]],
    compute: (x, w) =>
      tf.conv2d(
        x as T4,
        w as T4,
        2,
        [
          [0, 0],
          [0, 1],
          [1, 0],
          [0, 0]
        ],
        "NHWC",
        1,
        "floor"
      ),
    without: "tensorflow"
  },
  "depthwiseConv2d, same": depthwise({pad: "same"}),
  "depthwiseConv2d, stride 2, same": depthwise({pad: "same", stride: 2}),
  "depthwiseConv2d, stride 2, valid": depthwise({pad: "valid", stride: 2}),
  "depthwiseConv2d, padded by a number": depthwise({pad: 1}),
  "depthwiseConv2d, multiplier 2": depthwise({pad: "same", stride: 2}, [3, 3, 2, 2]),
  "depthwiseConv2d, dilated": depthwise({pad: "valid", dilation: 2}),
  "groupedConv2d, same": grouped(1, "same", [2, 5, 6, 4], [3, 3, 2, 4]),
  "groupedConv2d, valid, more outputs than inputs": grouped(1, "valid"),
  "groupedConv2d, stride 2, same, odd and even sizes": grouped(2, "same", [2, 5, 6, 4], [3, 3, 2, 4]),
  "groupedConv2d, stride 2, valid, with a row left over": grouped(2, "valid", [1, 6, 7, 4], [3, 3, 2, 6]),
  "groupedConv2d, stride 2, valid, 8 channels a group": grouped(2, "valid", [1, 6, 5, 16], [3, 3, 8, 4]),
  "groupedConv2d, stride 2, same, 8 channels a group": grouped(2, "same", [2, 4, 5, 16], [3, 3, 8, 2]),
  "groupedConv2d, one group": grouped(1, "same", [1, 3, 4, 2], [3, 3, 2, 3]),
  "groupedConv2d, 1x1, three groups": grouped(1, "same", [1, 3, 4, 6], [1, 1, 2, 3]),
  separableConv2d: {
    shapes: [image, [3, 3, 2, 1], [1, 1, 2, 3]],
    compute: (x, d, p) => tf.separableConv2d(x as T4, d as T4, p as T4, 1, "same")
  },
  "maxPool 2x2": pooled("max", 2, 2, "valid"),
  "maxPool 3x3, stride 2, same": pooled("max", 3, 2, "same"),
  "maxPool 3x3, stride 2, valid": pooled("max", 3, 2, "valid"),
  "avgPool 2x2": pooled("mean", 2, 2, "valid"),
  "avgPool 3x3, stride 2, same": pooled("mean", 3, 2, "same"),
  "avgPool 3x3, stride 2, valid": pooled("mean", 3, 2, "valid"),
  "global average pooling": {shapes: [image], compute: (x) => tf.mean(x, [1, 2])},
  "global max pooling": {shapes: [image], compute: (x) => tf.max(x, [1, 2])},
  matMul: {
    shapes: [
      [3, 4],
      [4, 5]
    ],
    compute: (a, b) => tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D)
  },
  "add, equal shapes": binary(tf.add),
  "add, broadcast from the right": binary(tf.add, [4]),
  "sub, broadcast in the middle": binary(tf.sub, [2, 1, 4]),
  "mul, equal shapes": binary(tf.mul),
  "mul, broadcast from the right": binary(tf.mul, [4]),
  "mul, by a scalar": binary(tf.mul, []),
  "div, broadcast": binary(tf.div, [3, 1], true),
  relu: unary(tf.relu, (x) => Math.max(0, x)),
  relu6: unary(
    (x) => tf.relu6(tf.mul(x, 3.9)),
    (x) => Math.min(6, Math.max(0, 3.9 * x))
  ),
  sigmoid: unary(tf.sigmoid, (x) => 1 / (1 + Math.exp(-x))),
  exp: unary(tf.exp, Math.exp),
  log: unary(tf.log, Math.log, true),
  sqrt: unary(tf.sqrt, Math.sqrt, true),
  square: unary(tf.square, (x) => x * x),
  "sum over an axis": unary((x) => tf.sum(x, 0)),
  "mean of all": unary((x) => tf.mean(x)),
  reshape: unary((x) => tf.reshape(x, [7, 3])),
  transpose: unary((x) => tf.transpose(x)),
  "dropout by a mask": unary((x) => tf.mul(x, tf.tensor1d([0, 2, 2, 0, 2, 0, 2]))),
  "softmax cross-entropy": {
    shapes: [[3, 4]],
    compute: (x) => tf.neg(tf.sum(tf.mul(labels(), tf.logSoftmax(x as tf.Tensor2D)), 1))
  },
  concat: {shapes: [image, [2, 5, 6, 1]], compute: (a, b) => tf.concat([a, b], 3)},
  slice: {shapes: [image], compute: (x) => tf.slice(x, [0, 1, 2, 0], [2, 3, 4, 1])},
  pad: {
    shapes: [image],
    compute: (x) =>
      tf.pad(x as T4, [
        [0, 0],
        [1, 2],
        [0, 1],
        [0, 0]
      ])
  },
  "pad by reflection": {
    shapes: [image],
    compute: (x) =>
      tf.mirrorPad(
        x as T4,
        [
          [0, 0],
          [1, 2],
          [0, 1],
          [0, 0]
        ],
        "reflect"
      ),
    gradient: false
  },
  "resizeBilinear, up, half-pixel centres": {
    shapes: [image],
    compute: (x) => tf.image.resizeBilinear(x as T4, [9, 8], false, true),
    gradient: false
  },
  "resizeBilinear, down, aligned corners": {
    shapes: [[2, 5, 5, 2]],
    compute: (x) => tf.image.resizeBilinear(x as T4, [3, 4], true)
  },
  "batchNormTrain of images": {
    shapes: [image, [2], [2]],
    compute: (x, gamma, beta) => batchNormTrain(x, gamma as tf.Tensor1D, beta as tf.Tensor1D, epsilon).y,
    expected: (x, gamma, beta) => reference.batchNorm(x.values, gamma.values, beta.values, epsilon)
  },
  "batchNormTrain of rows": {
    shapes: [[6, 3], [3], [3]],
    compute: (x, gamma, beta) => batchNormTrain(x, gamma as tf.Tensor1D, beta as tf.Tensor1D, epsilon).y,
    expected: (x, gamma, beta) => reference.batchNorm(x.values, gamma.values, beta.values, epsilon)
  },
  batchNormInfer: {
    shapes: [image, [2], [2], [2], [2]],
    positive: true,
    compute: (x, ...parameters) => {
      const [mean, variance, gamma, beta] = parameters as tf.Tensor1D[];
      return batchNormInfer(x, mean, variance, gamma, beta, epsilon);
    },
    expected: (x, ...parameters) => {
      const [mean, variance, gamma, beta] = parameters.map(({values}) => values);
      return Array.from(x.values, (value, i) => {
        const c = i % 2;
        return ((value - mean[c]) / Math.sqrt(variance[c] + epsilon)) * gamma[c] + beta[c];
      });
    }
  }
};

/**
 * Shuffled and evenly spaced, no two closer than 0.05 nor closer than 0.025 to a kink at 0, so that small steps are
 * safe.
 */
function fill(shape: number[], positive: boolean | undefined, name: string): Float32Array {
  const size = shape.reduce((a, b) => a * b, 1);
  const step = Math.max(0.05, 3 / size);
  const values = Float32Array.from({length: size}, (_, i) => (i + 0.5 - (positive ? 0 : Math.floor(size / 2))) * step);
  if (positive) values.forEach((value, i) => (values[i] = value + 0.5));
  return shuffle(values, stream(7, name));
}

interface Input {
  shape: number[];
  values: Float32Array;
}

const inputsOf = (name: string, {shapes, positive}: Case): Input[] =>
  shapes.map((shape, i) => ({shape, values: fill(shape, positive, `${name}/${i}`)}));

async function evaluate({compute}: Case, inputs: Input[]): Promise<Values> {
  const output = tf.tidy(() => compute(...inputs.map(({shape, values}) => tf.tensor(values, shape))));
  const values = await output.data();
  output.dispose();
  return values;
}

function close(actual: Values, expected: Values, tolerance: number, what: string) {
  assert.equal(actual.length, expected.length, `${what}: number of values`);
  const scale = Math.max(1, ...Array.from(expected, Math.abs));
  for (let i = 0; i < actual.length; ++i) {
    const off = Math.abs(actual[i] - expected[i]);
    assert.ok(off <= tolerance * scale, `${what}[${i}] is ${actual[i]}, expected ${expected[i]}`);
  }
}

/** Central differences of sum(output * weights) in double precision outside of the operation itself. */
async function numericalGradient(operation: Case, inputs: Input[], which: number, weights: Float32Array) {
  const step = 2 ** -7;
  const loss = async (index: number, change: number) => {
    const moved = inputs.map((input, i) => (i === which ? {...input, values: input.values.slice()} : input));
    moved[which].values[index] += change;
    const output = await evaluate(operation, moved);
    return weights.reduce((sum, weight, i) => sum + weight * output[i], 0);
  };
  const gradient: number[] = [];
  for (let i = 0; i < inputs[which].values.length; ++i) {
    gradient.push(((await loss(i, step)) - (await loss(i, -step))) / (2 * step));
  }
  return gradient;
}

assert.ok((await tryBackend("cpu")).works);
const fromCpu = new Map<string, Values>();
for (const [name, operation] of Object.entries(cases))
  fromCpu.set(name, await evaluate(operation, inputsOf(name, operation)));

test("a filter that does not divide an image's channels into groups is refused", () => {
  for (const shape of [
    [3, 3, 3, 8],
    [3, 3, 2, 5]
  ] as [number, number, number, number][]) {
    assert.throws(() => groupedConv2d(tf.zeros([1, 4, 4, 8]), tf.zeros(shape) as T4, 1, "same"), /does not divide/);
  }
});

for (const backend of backendNames) {
  test(`${backend} computes every operation and its gradient`, async (t) => {
    const {works, reason} = await tryBackend(backend);
    if (!works) return t.skip(reason);
    for (const [name, operation] of Object.entries(cases).filter(([, {without}]) => without !== backend)) {
      await t.test(`${backend}: ${name}`, async () => {
        const inputs = inputsOf(name, operation);
        const values = await evaluate(operation, inputs);
        close(values, operation.expected?.(...(inputs as unknown as Array4D[])) ?? fromCpu.get(name)!, 1e-5, "value");
        if (operation.gradient === false) return;
        const random = stream(11, name);
        const weights = Float32Array.from(values, () => normal(random));
        const before = tf.memory().numTensors;
        const tensors = inputs.map(({shape, values}) => tf.tensor(values, shape));
        const gradients = tf.tidy(() => {
          const weighted = (...xs: tf.Tensor[]) => {
            const y = operation.compute(...xs);
            return tf.sum(tf.mul(y, tf.tensor(weights, y.shape))) as tf.Scalar;
          };
          return tf.grads(weighted)(tensors);
        });
        for (const [i, gradient] of gradients.entries()) {
          const expected = await numericalGradient(operation, inputs, i, weights);
          close(await gradient.data(), expected, 2e-3, `gradient of input ${i}`);
        }
        tf.dispose([tensors, gradients]);
        assert.equal(tf.memory().numTensors, before, "tensors left behind");
      });
    }

    for (const [channels, stride, pad] of [
      [128, 1, "same"],
      [256, 2, "valid"]
    ] as const) {
      await t.test(`${backend}: 32 groups of ${channels / 32} channels equal as many convolutions`, async () => {
        const random = stream(5, "groups");
        const tensor = (...shape: T4["shape"]) =>
          tf.tensor4d(
            Float32Array.from({length: shape.reduce((a, b) => a * b)}, () => normal(random)),
            shape
          );
        const inputs = [tensor(2, 5, 6, channels), tensor(3, 3, channels / 32, channels)];
        const one = (x: T4, w: T4) => groupedConv2d(x, w, stride, pad);
        const many = (x: T4, w: T4) => {
          const filters: T4[] = tf.split(w, 32, 3);
          return tf.concat(
            (tf.split(x, 32, 3) as T4[]).map((part, i) => tf.conv2d(part, filters[i], stride, pad)),
            3
          );
        };
        const loss = (f: typeof one) => (x: tf.Tensor, w: tf.Tensor) => tf.sum(tf.square(f(x as T4, w as T4)));
        const [actual, expected] = [one, many].map((f) => [f(inputs[0], inputs[1]), ...tf.grads(loss(f))(inputs)]);
        for (const [i, what] of ["value", "input's gradient", "filter's gradient"].entries()) {
          close(await actual[i].data(), await expected[i].data(), 1e-5, what);
        }
        tf.dispose([inputs, actual, expected]);
      });
    }

    await t.test(`${backend}: a tape keeps nothing of a grouped convolution but input, filter and output`, () => {
      const inputs = [tf.ones([1, 4, 4, 128]), tf.ones([3, 3, 4, 128])];
      const loss = (x: tf.Tensor, w: tf.Tensor) => {
        const before = tf.memory().numTensors;
        const y = groupedConv2d(x as T4, w as T4, 1, "same");
        assert.equal(tf.memory().numTensors, before + 3);
        return tf.sum(y);
      };
      tf.dispose([inputs, tf.grads(loss)(inputs)]);
    });

    await t.test(`${backend}: batchNormTrain returns the mean and the biased variance`, async () => {
      const {mean, variance} = batchNormTrain(
        tf.tensor2d([1, 2, 3, 6, 2, 10], [3, 2]),
        tf.ones([2]),
        tf.zeros([2]),
        epsilon
      );
      close(await mean.data(), [2, 6], 1e-6, "mean");
      close(await variance.data(), [2 / 3, 32 / 3], 1e-6, "variance");
    });

    await t.test(`${backend}: max gives each of several equal maxima the whole gradient`, async () => {
      const gradient = tf.grad((x) => tf.sum(tf.max(x, [1])))(tf.tensor2d([3, 3, 1], [1, 3]));
      assert.deepEqual(Array.from(await gradient.data()), [1, 1, 0]);
    });

    await t.test(`${backend}: relu and relu6 pass no gradient at and beyond their kinks`, async () => {
      const x = tf.tensor1d([-1, 0, 3, 6, 7]);
      const slopes = async (f: (x: tf.Tensor) => tf.Tensor) => Array.from(await tf.grad(f)(x).data());
      assert.deepEqual(await slopes(tf.relu), [0, 0, 1, 1, 1]);
      assert.deepEqual(await slopes(tf.relu6), [0, 0, 1, 0, 0]);
    });
  });
}
