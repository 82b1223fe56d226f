import assert from "node:assert/strict";
import {readdirSync} from "node:fs";
import {tmpdir} from "node:os";
import {test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {tryBackend} from "../../src/lib/engine/backend.js";
import {dropout, uniform} from "../../src/lib/engine/dropout.js";
import {batchNormInfer, batchNormTrain} from "../../src/lib/engine/fused.js";
import type {Step} from "../../src/lib/engine/graph/index.js";
import {compile, CompileError, eager, fastest, step} from "../../src/lib/engine/graph/index.js";
import {record} from "../../src/lib/engine/graph/record.js";
import {operations} from "../../src/lib/engine/graph/shapes.js";
import {normal, stream} from "../../src/lib/measures/random.js";

type T1 = tf.Tensor1D;
type T4 = tf.Tensor4D;
type Compute = (...inputs: tf.Tensor[]) => tf.Tensor;

/**
 * Something to compile: the operations of TensorFlow that it and its gradient cover, its inputs' shapes, the function.
 */
interface Case {
  covers: string;
  shapes: number[][];
  compute: Compute;
  /** Where TensorFlow.js has no gradient, or none that is not zero. */
  gradient?: false;
}

const image = [2, 6, 5, 3];
const unary = (covers: string, compute: Compute): Case => ({covers, shapes: [[4, 6]], compute});
const stepped = (covers: string, compute: Compute): Case => ({...unary(covers, compute), gradient: false});
const binary = (covers: string, compute: Compute, other = [3, 1]): Case => ({
  covers,
  shapes: [[2, 3, 4], other],
  compute
});
const compared = (covers: string, compute: Compute): Case => ({
  ...binary(covers, (a, b) => tf.cast(compute(a, b), "float32"), [2, 3, 4]),
  gradient: false
});
const positive = (x: tf.Tensor) => tf.add(tf.abs(x), 0.5);
const some = (x: tf.Tensor) => tf.greater(x, 0.3);
const float = (x: tf.Tensor) => tf.cast(x, "float32");
const labels = () => tf.tensor1d([0, 3, 1, 2], "int32");
const padding: [number, number][] = [
  [0, 0],
  [1, 2],
  [0, 1],
  [0, 0]
];

const conv = (filter: number[], strides: number, pad: "same" | "valid", dilation = 1): Case => ({
  covers: "Conv2D" + (dilation === 1 ? " Conv2DBackpropInput Conv2DBackpropFilter" : ""),
  shapes: [image, filter],
  compute: (x, w) => tf.conv2d(x as T4, w as T4, strides, pad, "NHWC", dilation),
  ...(dilation > 1 && {gradient: false})
});
type Paddings = [[number, number], [number, number], [number, number], [number, number]];
const around: Paddings = [
  [0, 0],
  [1, 2],
  [0, 3],
  [0, 0]
];
/** A convolution padded by given numbers of pixels, of which TensorFlow.js has no gradient here. */
const paddedExplicitly = (covers: string, filter: number[], compute: (x: T4, filter: T4) => tf.Tensor): Case => ({
  covers,
  shapes: [image, filter],
  compute: (x, w) => compute(x as T4, w as T4),
  gradient: false
});
const depthwise = (filter: number[], strides: number, pad: "same" | "valid"): Case => ({
  covers: "DepthwiseConv2dNative DepthwiseConv2dNativeBackpropInput DepthwiseConv2dNativeBackpropFilter",
  shapes: [image, filter],
  compute: (x, w) => tf.depthwiseConv2d(x as T4, w as T4, strides, pad)
});

/** A convolution whose batch norm, by given statistics, and activation compile into one operation with it. */
const normalised = (
  covers: string,
  filter: number[],
  channels: number,
  convolve: (x: T4, filter: T4) => T4,
  activate: (x: tf.Tensor) => tf.Tensor
): Case => ({
  covers,
  shapes: [image, filter, ...new Array<number[]>(4).fill([channels])],
  compute: (x, w, ...parameters) => {
    const [mean, variance, gamma, beta] = parameters as T1[];
    return activate(batchNormInfer(convolve(x as T4, w as T4), mean, positive(variance) as T1, gamma, beta, 1e-3));
  }
});
const max = (size: number, strides: number, pad: "same" | "valid"): Case => ({
  covers: "MaxPool MaxPoolGrad",
  shapes: [image],
  compute: (x) => tf.maxPool(x as T4, size, strides, pad)
});
const mean = (size: number, strides: number, pad: "same" | "valid"): Case => ({
  covers: "AvgPool AvgPoolGrad",
  shapes: [image],
  compute: (x) => tf.avgPool(x as T4, size, strides, pad)
});

const cases: Case[] = [
  conv([3, 3, 3, 4], 1, "same"),
  conv([3, 3, 3, 4], 2, "same"),
  conv([3, 3, 3, 4], 2, "valid"),
  conv([1, 1, 3, 4], 2, "same"),
  conv([7, 7, 3, 2], 2, "same"),
  conv([2, 2, 3, 4], 1, "valid", 2),
  {
    covers: "MatMul Reshape",
    shapes: [
      [1, 1, 2, 256],
      [1, 1, 256, 258]
    ],
    compute: (x, w) => tf.conv2d(x as T4, w as T4, 1, "same")
  },
  ...([1, [2, 1], [3, 2]] as (number | [number, number])[]).flatMap((strides) => [
    paddedExplicitly("Conv2D", [3, 2, 3, 4], (x, w) => tf.conv2d(x, w, strides, around, "NHWC", 1, "floor")),
    paddedExplicitly("Conv2D", [3, 2, 3, 4], (x, w) => tf.conv2d(x, w, strides, "same"))
  ]),
  paddedExplicitly("Conv2D", [2, 2, 3, 4], (x, w) => tf.conv2d(x, w, 1, around, "NHWC", [2, 3], "floor")),
  paddedExplicitly("FusedConv2D", [3, 3, 3, 4], (x, w) => {
    const [mean, variance] = [0.2, 1.5].map((value) => tf.fill([4], value) as T1);
    return tf.relu(batchNormInfer(tf.conv2d(x, w, 1, around, "NHWC", 1, "floor"), mean, variance, mean, mean, 1e-3));
  }),
  paddedExplicitly("DepthwiseConv2dNative FusedBatchNorm", [3, 3, 3, 2], (x, w) => {
    const [mean, variance] = [0.2, 1.5].map((value) => tf.fill([6], value) as T1);
    const convolved = tf.depthwiseConv2d(x, w, 1, around, "NHWC", 1, "floor");
    return tf.relu(batchNormInfer(convolved, mean, variance, mean, mean, 1e-3));
  }),
  ...([1, 2] as number[]).map((strides) =>
    paddedExplicitly("DepthwiseConv2dNative", [3, 3, 3, 2], (x, w) =>
      tf.depthwiseConv2d(x, w, strides, around, "NHWC", 1, "floor")
    )
  ),
  {
    ...paddedExplicitly("Conv2D", [], (x, w) => tf.conv2d(x, w, 1, around, "NHWC", 1, "floor")),
    shapes: [
      [1, 1, 2, 256],
      [1, 1, 256, 258]
    ]
  },
  {
    covers: "Conv2DBackpropInput Conv2D Conv2DBackpropFilter",
    shapes: [image, [3, 3, 4, 3]],
    compute: (x, w) => tf.conv2dTranspose(x as T4, w as T4, [2, 12, 9, 4], 2, "same")
  },
  depthwise([3, 3, 3, 1], 1, "same"),
  depthwise([3, 3, 3, 1], 2, "same"),
  depthwise([3, 3, 3, 2], 2, "valid"),
  max(3, 2, "same"),
  max(2, 2, "valid"),
  mean(3, 2, "same"),
  mean(2, 2, "valid"),
  {
    covers: "FusedBatchNormV3 FusedBatchNormGradV3",
    shapes: [image, [3], [3]],
    compute: (x, gamma, beta) => batchNormTrain(x, gamma as T1, beta as T1, 1e-3).y
  },
  {
    covers: "FusedBatchNormV3 FusedBatchNormGradV3 Reshape",
    shapes: [[8, 3], [3], [3]],
    compute: (x, gamma, beta) => batchNormTrain(x, gamma as T1, beta as T1, 1e-3).y
  },
  {
    covers: "FusedBatchNormV3",
    shapes: [image, [3], [3]],
    compute: (x, gamma, beta) => tf.concat(Object.values(batchNormTrain(x, gamma as T1, beta as T1, 1e-3)).slice(1)),
    gradient: false
  },
  {
    covers: "FusedBatchNorm Rsqrt",
    shapes: [image, [3], [3], [3], [3]],
    compute: (x, ...parameters) => {
      const [mean, variance, gamma, beta] = parameters as T1[];
      return batchNormInfer(x, mean, positive(variance) as T1, gamma, beta, 1e-3);
    }
  },
  normalised("FusedConv2D", [3, 3, 3, 4], 4, (x, filter) => tf.conv2d(x, filter, 2, "same"), tf.relu),
  normalised("FusedConv2D", [1, 1, 3, 4], 4, (x, filter) => tf.conv2d(x, filter, 1, "same"), tf.clone),
  {
    ...normalised("FusedMatMul", [1, 1, 256, 258], 258, (x, w) => tf.conv2d(x, w, 1, "valid"), tf.relu),
    shapes: [[1, 1, 2, 256], [1, 1, 256, 258], ...new Array<number[]>(4).fill([258])]
  },
  normalised("FusedDepthwiseConv2dNative", [3, 3, 3, 1], 3, (x, w) => tf.depthwiseConv2d(x, w, 1, "same"), tf.relu6),
  normalised("FusedDepthwiseConv2dNative", [2, 2, 3, 2], 6, (x, w) => tf.depthwiseConv2d(x, w, 2, "valid"), tf.tanh),
  unary("Relu ReluGrad", tf.relu),
  unary("Relu6 Relu6Grad", (x) => tf.relu6(tf.mul(x, 4))),
  unary("Elu EluGrad", tf.elu),
  unary("LeakyRelu", (x) => tf.leakyRelu(x, 0.1)),
  unary("Selu", tf.selu),
  unary("Sigmoid", tf.sigmoid),
  unary("Tanh", tf.tanh),
  unary("Softplus", tf.softplus),
  unary("Erf", tf.erf),
  unary("Exp", tf.exp),
  unary("Expm1", tf.expm1),
  unary("Log Abs Add Select", (x) => tf.log(positive(x))),
  unary("Log1p", (x) => tf.log1p(positive(x))),
  unary("Sqrt", (x) => tf.sqrt(positive(x))),
  unary("Rsqrt", (x) => tf.rsqrt(positive(x))),
  unary("Reciprocal", (x) => tf.reciprocal(positive(x))),
  unary("Square", tf.square),
  unary("Neg", tf.neg),
  unary("Identity", tf.clone),
  unary("Softmax", (x) => tf.softmax(x)),
  unary("Max Sub Exp Sum Log", (x) => tf.logSoftmax(x)),
  unary("Maximum Minimum LogicalAnd", (x) => tf.clipByValue(x, -0.5, 0.7)),
  unary("Sum", (x) => tf.sum(x)),
  unary("Mean", (x) => tf.mean(x, -1, true)),
  unary("Max Equal", (x) => tf.max(x, 0)),
  unary("Min", (x) => tf.min(x, [0, 1])),
  stepped("Prod", (x) => tf.prod(x, 1)),
  unary("Transpose", (x) => tf.transpose(x)),
  unary("Tile", (x) => tf.tile(x, [2, 3])),
  unary("ExpandDims", (x) => tf.expandDims(x, -1)),
  unary("ReverseV2", (x) => tf.reverse(x, 1)),
  unary("Unpack Pack", (x) => tf.stack(tf.unstack(x, 1).reverse(), -1)),
  unary("SplitV ConcatV2", (x) => tf.concat(tf.split(x, [1, 3, 2], -1).reverse(), 1)),
  unary("Select ZerosLike", (x) => tf.where(tf.cast(tf.oneHot(labels(), 6), "bool"), x, tf.zerosLike(x))),
  unary("Fill RealDiv", (x) => tf.div(x, tf.fill([4, 1], 3))),
  unary("OneHot Mul", (x) => tf.mul(x, tf.oneHot(labels(), 6))),
  unary("AddN", (x) => tf.addN([x, tf.square(x), x])),
  stepped("Floor", tf.floor),
  stepped("Ceil", tf.ceil),
  stepped("Round", tf.round),
  stepped("Sign", tf.sign),
  stepped("IsNan Greater", (x) => tf.step(x, 0.25)),
  stepped("IsFinite", (x) => float(tf.isFinite(tf.div(x, tf.relu(x))))),
  stepped("IsInf Cast", (x) => float(tf.isInf(tf.log(tf.relu(x))))),
  stepped("LogicalNot LogicalOr", (x) => float(tf.logicalOr(tf.logicalNot(some(x)), tf.less(x, -1)))),
  stepped("All", (x) => float(tf.all(some(x), 1))),
  stepped("Any", (x) => float(tf.any(some(x), 0))),
  stepped("ArgMax", (x) => float(tf.argMax(x, -1))),
  stepped("ArgMin", (x) => float(tf.argMin(x, 0))),
  stepped("GatherV2", (x) =>
    tf.gather(
      x,
      tf.tensor2d(
        [
          [1, 0],
          [5, 1]
        ],
        [2, 2],
        "int32"
      ),
      1
    )
  ),
  stepped("GatherV2", (x) =>
    tf.gather(
      x,
      tf.tensor2d(
        [
          [1, 0],
          [5, 1],
          [2, 2],
          [3, 0]
        ],
        [4, 2],
        "int32"
      ),
      1,
      1
    )
  ),
  binary("Add", tf.add, [4]),
  binary("Sub", tf.sub),
  binary("Mul", tf.mul, []),
  binary("RealDiv", (a, b) => tf.div(a, positive(b))),
  binary("Maximum", tf.maximum, [2, 3, 4]),
  binary("Minimum LessEqual Greater", tf.minimum, [2, 3, 4]),
  binary("Pow", (a, b) => tf.pow(positive(a), b)),
  binary("SquaredDifference", tf.squaredDifference, [2, 3, 4]),
  compared("Equal", tf.equal),
  compared("NotEqual", tf.notEqual),
  compared("Less", tf.less),
  compared("LessEqual", tf.lessEqual),
  compared("Greater", tf.greater),
  compared("GreaterEqual", tf.greaterEqual),
  compared("FloorDiv", (a, b) =>
    tf.floorDiv(tf.cast(tf.mul(a, 9), "int32"), tf.cast(tf.add(tf.abs(tf.mul(b, 5)), 1), "int32"))
  ),
  compared("FloorMod", (a, b) => tf.mod(a, positive(b))),
  {
    covers: "BatchMatMulV2",
    shapes: [
      [3, 4],
      [5, 4]
    ],
    compute: (a, b) => tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, false, true)
  },
  {
    covers: "BatchMatMulV2",
    shapes: [
      [2, 4, 3],
      [2, 4, 5]
    ],
    compute: (a, b) => tf.matMul(a, b, true)
  },
  {covers: "PadV2", shapes: [image], compute: (x) => tf.pad(x, padding)},
  {covers: "MirrorPad", shapes: [image], compute: (x) => tf.mirrorPad(x, padding, "reflect"), gradient: false},
  {covers: "Slice", shapes: [image], compute: (x) => tf.slice(x, [0, 1, 2, 0], [2, 3, -1, 1])},
  {covers: "ConcatV2 SplitV", shapes: [image, [2, 6, 5, 1]], compute: (a, b) => tf.concat([a, b], 3)},
  {
    covers: "ResizeBilinear ResizeBilinearGrad",
    shapes: [image],
    compute: (x) => tf.image.resizeBilinear(x as T4, [3, 9], true)
  },
  {covers: "Max Mean", shapes: [image], compute: (x) => tf.concat([tf.max(x, [1, 2]), tf.mean(x, [1, 2])], 1)}
];

/** Value and gradients of a case as a step: the inputs are given, and weigh the outputs differently from each other. */
function caseStep({shapes, compute, gradient}: Case): Step {
  const inputs = Object.fromEntries(shapes.map((shape, i) => [`input${i}`, {shape}]));
  return step(inputs, (given) => {
    const tensors = Object.values(given);
    if (gradient === false) return {value: compute(...tensors)};
    const weighted = (...xs: tf.Tensor[]) => {
      const y = compute(...xs);
      const weights = tf.tensor(
        Float32Array.from({length: y.size}, (_, i) => Math.sin(i + 1)),
        y.shape
      );
      return tf.sum(tf.mul(y, weights)) as tf.Scalar;
    };
    const gradients = tf.grads(weighted)(tensors);
    return {
      value: compute(...tensors),
      ...Object.fromEntries(gradients.map((gradient, i) => [`gradient${i}`, gradient]))
    };
  });
}

function feedsOf({shapes}: Case, name: string): Record<string, Float32Array> {
  const random = stream(5, name);
  const values = (shape: number[]) => Float32Array.from({length: tf.util.sizeFromShape(shape)}, () => normal(random));
  return Object.fromEntries(shapes.map((shape, i) => [`input${i}`, values(shape)]));
}

function assertClose(actual: tf.Tensor, expected: tf.Tensor, what: string) {
  assert.deepEqual(actual.shape, expected.shape, what);
  const [a, b] = [actual.dataSync(), expected.dataSync()];
  const scale = Math.max(1, ...Array.from(b, Math.abs));
  b.forEach((value, i) => {
    const same = Math.abs(a[i] - value) <= 1e-5 * scale || Object.is(a[i], value);
    assert.ok(same, `${what}[${i}] is ${a[i]} compiled and ${value} eagerly`);
  });
}

/** The operations of a SavedModel, whose nodes are named after them. */
const operationsIn = (savedModel: Uint8Array) =>
  new Set(
    Array.from(
      Buffer.from(savedModel)
        .toString("latin1")
        .matchAll(/([A-Z]\w*)_\d+/g),
      ([, op]) => op
    )
  );

const {works, reason} = await tryBackend("tensorflow");
const skip = works ? false : reason;
const scalarStep = (run: (x: tf.Tensor) => tf.Tensor) => ({f: step({x: {shape: []}}, ({x}) => ({y: run(x)}))});
const numbers = (tensor: tf.Tensor) => {
  const values = Array.from(tensor.dataSync());
  tensor.dispose();
  return values;
};

test("compiled operations and their gradients equal eager ones, case by case", {skip}, () => {
  const steps = Object.fromEntries(cases.map((each, i) => [`${i} ${each.covers}`, caseStep(each)]));
  const before = tf.memory().numTensors;
  const [compiled, plain] = [compile(steps, []), eager(steps)];
  for (const [i, name] of Object.keys(steps).entries()) {
    const feeds = feedsOf(cases[i], name);
    const [actual, expected] = [compiled.run(name, feeds), plain.run(name, feeds)];
    for (const output of Object.keys(expected)) assertClose(actual[output], expected[output], `${name}: ${output}`);
    tf.dispose([actual, expected]);
  }
  compiled.dispose();
  assert.equal(tf.memory().numTensors, before);
});

test("every case has the operations it is there for, and every operation has a case", {skip}, () => {
  const covered = cases.flatMap((each) => {
    const found = operationsIn(record({each: caseStep(each)}, []).savedModel);
    for (const op of each.covers.split(" ")) assert.ok(found.has(op), `${each.covers} has [${[...found]}]`);
    return [...found];
  });
  const random = scalarStep((x) => uniform([3], tf.cast(x, "int32") as tf.Scalar, "test"));
  const all = new Set([...covered, ...operationsIn(record(random, []).savedModel)]);
  assert.deepEqual(
    Object.keys(operations).filter((op) => !all.has(op)),
    []
  );
});

test("variables are read before and assigned after, as in the eager step, and steps share them", {skip}, () => {
  const [a, b] = [tf.variable(tf.scalar(2)), tf.variable(tf.scalar(10))];
  const f = step({x: {shape: []}}, ({x}) => {
    const before = tf.add(a, b);
    a.assign(tf.mul(a, x));
    b.assign(tf.add(b, a));
    return {before, after: tf.add(a, b)};
  });
  const compiled = compile({f, sum: step({}, () => ({y: tf.add(a, b)}))}, [a, b]);
  const {before, after} = compiled.run("f", {x: 3});
  assert.deepEqual([...numbers(before), ...numbers(after)], [12, 22]);
  assert.deepEqual(numbers(compiled.run("sum", {}).y), [22], "the other step sees the new values");
  assert.deepEqual(
    [a, b].map((variable) => variable.dataSync()[0]),
    [2, 10],
    "which the variables do not have yet"
  );
  compiled.read();
  assert.deepEqual(
    [a, b].map((variable) => variable.dataSync()[0]),
    [6, 16]
  );
  a.assign(tf.scalar(1));
  compiled.write();
  assert.deepEqual(numbers(compiled.run("sum", {}).y), [17]);
  compiled.dispose();
  tf.dispose([a, b]);
});

test("programs do not see each other's variables", {skip}, () => {
  const variables = [1, 2].map((value) => tf.variable(tf.scalar(value)));
  const programs = variables.map((variable) => compile({f: step({}, () => ({y: tf.mul(variable, 1)}))}, [variable]));
  assert.deepEqual(
    programs.flatMap((program) => numbers(program.run("f", {}).y)),
    [1, 2]
  );
  for (const program of programs) program.dispose();
  tf.dispose(variables);
});

test("values go into a session and back without a changed bit", {skip}, () => {
  const bits = Int32Array.from([0, 1, 0x80000000, 0x7f800000, 0x7fc00001, 0x3f800001, 0x00800000, -1]);
  const variable = tf.variable(tf.tensor1d(new Float32Array(bits.buffer.slice(0))));
  const compiled = compile({f: step({}, () => ({y: tf.sum(variable)}))}, [variable]);
  variable.assign(tf.zeros([bits.length]));
  compiled.read();
  const values = variable.dataSync() as Float32Array;
  assert.deepEqual(new Int32Array(values.buffer, values.byteOffset, bits.length), bits);
  compiled.dispose();
  variable.dispose();
});

test(
  "dropout follows from the seed that is fed, not from the one of the recording, and is the eager one",
  {skip},
  () => {
    const f = step({seed: {shape: [], dtype: "int32"}}, ({seed}) => ({
      y: dropout(tf.ones([1000]), 0.3, seed as tf.Scalar, "a"),
      z: dropout(tf.ones([1000]), 0.3, seed as tf.Scalar, "b")
    }));
    const programs = [compile({f}, []), eager({f})];
    const [[one, again, other], eagerly] = programs.map((program) =>
      [1, 1, 2].map((seed) => Object.values(program.run("f", {seed})).map(numbers))
    );
    assert.deepEqual(again, one);
    assert.deepEqual(eagerly, [one, again, other]);
    assert.notDeepEqual(other[0], one[0]);
    assert.notDeepEqual(one[0], one[1], "another purpose, another mask");
    const kept = one[0].filter((value) => value !== 0);
    assert.ok(Math.abs(kept.length - 700) < 60 && kept.every((value) => Math.abs(value - 1 / 0.7) < 1e-6));
    programs[0].dispose();
  }
);

test("what cannot be recorded is named", {skip}, () => {
  const outside = tf.scalar(1);
  const refused: [RegExp, (x: tf.Tensor) => tf.Tensor][] = [
    [/operation Cumsum \(kernel Cumsum\) has no rule/, (x) => tf.cumsum(tf.reshape(x, [1]))],
    [/no kernel LRN\b|no rule/, (x) => tf.localResponseNormalization(tf.reshape(x, [1, 1, 1, 1]) as T4)],
    [/The value of Mul_\d+ was asked for while recording/, (x) => tf.scalar(tf.mul(x, 2).dataSync()[0])],
    [/shape \[\] and type float32 was made outside of the step/, (x) => tf.add(x, outside)],
    [/\[1025\] was filled with 1025 values while recording/, (x) => tf.add(x, tf.randomUniform([1025]))],
    [/The seed of random numbers is a constant/, (x) => dropout(x, 0.5, 1, "test")],
    [/A variable was made while recording/, (x) => tf.add(x, tf.variable(tf.scalar(1)))],
    [
      /A window of 3 pixels does not fit into 2/,
      (x) => tf.sum(tf.conv2d(tf.mul(x, tf.ones([1, 2, 2, 1])) as T4, tf.ones([3, 3, 1, 1]), 1, "valid"))
    ]
  ];
  const variable = tf.variable(tf.scalar(5));
  for (const [message, run] of refused) {
    const changing = scalarStep((x) => {
      variable.assign(tf.mul(variable, 2));
      return run(x);
    });
    assert.throws(
      () => compile(changing, [variable]),
      (error: Error) => error instanceof CompileError && message.test(error.message),
      `${message}`
    );
    assert.equal(tf.getBackend(), "tensorflow");
    assert.deepEqual(Array.from(variable.dataSync()), [5], "the variable is as before");
  }
  tf.dispose([outside, variable]);
});

test("a step that does not compile runs eagerly, with a warning that says why", {skip}, () => {
  const warnings: string[] = [];
  const program = fastest(
    scalarStep((x) => tf.cumsum(tf.reshape(x, [1]))),
    [],
    (message) => warnings.push(message)
  );
  assert.deepEqual(numbers(program.run("f", {x: 4}).y), [4]);
  assert.match(warnings.join(), /^Runs eagerly, .*Cumsum/);
});

test("a feed that is absent or of another shape or type is refused by name", {skip}, () => {
  const program = compile(
    scalarStep((x) => x),
    []
  );
  assert.throws(() => program.run("f", {} as {x: number}), /"f" was not given its input "x"/);
  assert.throws(() => program.run("f", {x: tf.ones([2])}), /takes "x" as float32 \[\] and was given float32 \[2\]/);
  program.dispose();
});

test("steps leave no tensors, and programs no files", {skip}, () => {
  const files = () => readdirSync(tmpdir()).filter((name) => name.startsWith("compiled-step-"));
  const [filesBefore, tensors] = [files(), tf.memory().numTensors];
  const variable = tf.tidy(() => tf.variable(tf.ones([3])));
  const gradient = scalarStep((x) => {
    const {value, grads} = tf.variableGrads(() => tf.sum(tf.mul(tf.square(variable), x)), [variable]);
    variable.assign(tf.sub(variable, grads[variable.name]));
    return value;
  });
  const compiled = compile(gradient, [variable]);
  for (let i = 0; i < 5; ++i) compiled.run("f", {x: 0.1}).y.dispose();
  compiled.read();
  compiled.dispose();
  const expected = Math.fround(0.8 ** 5);
  assert.ok(variable.dataSync().every((value) => Math.abs(value - expected) < 1e-6));
  variable.dispose();
  assert.equal(tf.memory().numTensors, tensors);
  assert.deepEqual(files(), filesBefore);
});
