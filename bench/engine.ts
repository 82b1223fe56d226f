/** How fast is each backend here? `npm run bench -- engine [backend...] [--json]` prints a table, or JSON. */
import * as tf from "@tensorflow/tfjs";
import type {BackendName} from "../src/lib/engine/backend.js";
import {backendNames, tryBackend} from "../src/lib/engine/backend.js";
import {batchNormTrain} from "../src/lib/engine/fused.js";

export interface EngineSpeed {
  backend: BackendName;
  device: string;
  /** Billions of multiplications and additions a second: 3x3 convolution of [8, 56, 56, 64] to 64 channels. */
  convolution: number;
  /** The same for the product of two matrices of 1024 x 1024. */
  matrixProduct: number;
  /** Images a second through a training step of four inverted residual blocks: 16 images of 96 x 96, Adam. */
  trainingStep: number;
}

/** Measures the backends that work here, some ten seconds each; `cpu`, which takes minutes, only where it is named. */
export async function measureEngine(
  names: readonly BackendName[] = backendNames.filter((name) => name !== "cpu")
): Promise<EngineSpeed[]> {
  const speeds: EngineSpeed[] = [];
  for (const backend of names) {
    const {works, device = ""} = await tryBackend(backend);
    if (!works) continue;
    const [image, filter] = [tf.randomNormal([8, 56, 56, 64]), tf.randomNormal([3, 3, 64, 64])] as tf.Tensor4D[];
    const matrix = tf.randomNormal([1024, 1024]) as tf.Tensor2D;
    const convolution = await seconds(() => tf.conv2d(image, filter, 1, "same"));
    const matrixProduct = await seconds(() => tf.matMul(matrix, matrix));
    const trainingStep = await seconds(step(16));
    tf.dispose([image, filter, matrix]);
    tf.disposeVariables();
    speeds.push({
      backend,
      device,
      convolution: (2 * 8 * 56 * 56 * 64 * 64 * 9) / convolution / 1e9,
      matrixProduct: (2 * 1024 ** 3) / matrixProduct / 1e9,
      trainingStep: 16 / trainingStep
    });
  }
  return speeds;
}

/** The shortest of several runs, the first of which warms up. Reading a value waits for the computation. */
async function seconds(run: () => tf.Tensor, runs = 3): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i <= runs; ++i) {
    const start = performance.now();
    const result = tf.tidy(() => tf.sum(run()));
    await result.data();
    result.dispose();
    if (i > 0) times.push((performance.now() - start) / 1000);
  }
  return Math.min(...times);
}

/** A training step of a small network in the manner of MobileNetV2, with new variables. Returns its loss. */
function step(batch: number): () => tf.Tensor {
  const variables = new Map<string, tf.Variable>();
  const variable = (name: string, shape: number[], create: (shape: number[]) => tf.Tensor) => {
    if (!variables.has(name))
      variables.set(
        name,
        tf.tidy(() => tf.variable(create(shape)))
      );
    return variables.get(name)!;
  };
  const kernel = (shape: number[]) => tf.randomNormal(shape, 0, Math.sqrt(2 / (shape[0] * shape[1] * shape[2])));
  const norm = (name: string, x: tf.Tensor4D) => {
    const [gamma, beta] = [
      variable(`${name}/gamma`, [x.shape[3]], tf.ones),
      variable(`${name}/beta`, [x.shape[3]], tf.zeros)
    ];
    return batchNormTrain(x, gamma as unknown as tf.Tensor1D, beta as unknown as tf.Tensor1D, 1e-3).y;
  };
  const conv = (name: string, x: tf.Tensor4D, size: number, filters: number, strides = 1) => {
    const weights = variable(name, [size, size, x.shape[3], filters], kernel) as unknown as tf.Tensor4D;
    return norm(name, tf.conv2d(x, weights, strides, "same"));
  };
  const block = (name: string, x: tf.Tensor4D, filters: number, strides: 1 | 2) => {
    const wide = tf.relu6(conv(`${name}/expand`, x, 1, 6 * x.shape[3]));
    const weights = variable(`${name}/depthwise`, [3, 3, wide.shape[3], 1], kernel) as unknown as tf.Tensor4D;
    const filtered = tf.relu6(norm(`${name}/depthwise`, tf.depthwiseConv2d(wide, weights, strides, "same")));
    return conv(`${name}/project`, filtered, 1, filters);
  };
  const images = tf.randomNormal([batch, 96, 96, 3]) as tf.Tensor4D;
  const labels = tf.oneHot(
    tf.tensor1d(
      Array.from({length: batch}, (_, i) => i % 4),
      "int32"
    ),
    4
  );
  const loss = () => {
    let x = tf.relu6(conv("stem", images, 3, 16, 2));
    for (const [i, strides] of ([2, 1, 2, 1] as const).entries()) x = block(`block${i}`, x, 16 * (i + 1), strides);
    const logits = tf.matMul(
      tf.mean(x, [1, 2]) as tf.Tensor2D,
      variable("head", [64, 4], tf.zeros) as unknown as tf.Tensor2D
    );
    return tf.losses.softmaxCrossEntropy(labels, logits) as tf.Scalar;
  };
  const optimizer = tf.train.adam(1e-3);
  tf.tidy(() => void loss());
  return () => optimizer.minimize(loss, true, [...variables.values()])!;
}

/** Draws the figures as a table. */
export function formatEngine(speeds: EngineSpeed[]): string {
  const rows = speeds.map(({backend, convolution, matrixProduct, trainingStep, device}) => [
    backend,
    convolution.toFixed(1),
    matrixProduct.toFixed(1),
    trainingStep.toFixed(1),
    device
  ]);
  const table = [["backend", "conv GFLOPS", "matmul GFLOPS", "train img/s", "device"], ...rows];
  const widths = table[0].map((_, i) => Math.max(...table.map((row) => row[i].length)));
  const pad = (cell: string, i: number) => (i > 0 && i < 4 ? cell.padStart(widths[i]) : cell.padEnd(widths[i]));
  return table.map((row) => row.map(pad).join("  ").trimEnd()).join("\n");
}

/** Measures the backends named in the arguments, or all, and prints a table; with `--json`, JSON. */
export async function benchEngine(args: string[]): Promise<void> {
  const named = backendNames.filter((name) => args.includes(name));
  const speeds = await measureEngine(named.length ? named : undefined);
  console.log(args.includes("--json") ? JSON.stringify(speeds, null, 2) : formatEngine(speeds));
}
