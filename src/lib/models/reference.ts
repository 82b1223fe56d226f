import {readFileSync} from "node:fs";
import * as tf from "@tensorflow/tfjs";
import {z} from "zod";
import {UserError} from "../support/errors.js";
import {fnv1a32, mulberry32} from "../measures/random.js";
import type {Architecture} from "./architecture.js";
import type {Initialise} from "./layers.js";
import {inference, Layers} from "./layers.js";
import {assign, readImageNet} from "./weights/load.js";

const size = z.int().positive();
const numbers = z.array(z.number());
/** What a reference tells of a tensor: moments, and its first and last values, or all. */
const summary = z.object({
  shape: z.array(size),
  mean: z.number(),
  std: z.number(),
  l2: z.number().positive(),
  first: numbers,
  last: numbers,
  all: numbers.optional()
});
const schema = z.object({
  model: z.string(),
  made_by: z.string(),
  input: z.object({shape: z.tuple([size, size, size, z.literal(3)]), seed: z.int()}),
  /** How many values the weights of the body have, statistics included. */
  parameters: size.optional(),
  activations: z.record(z.string(), summary),
  global_average_pool: summary
});

type Summary = z.infer<typeof summary>;

/** Another program's activations of a network without its top, on an input and weights that anyone can make. */
export type Reference = z.infer<typeof schema>;

/** How far an activation is from its reference. */
export interface Comparison {
  layer: string;
  /**
   * The largest difference, as a share of the activation's root mean square; infinite where a value is not a number.
   */
  error: number;
}

/**
 * Reads a reference file of activations.
 * @throws UserError where it cannot be read, is not JSON or lacks something
 */
export function readReference(path: string): Reference {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UserError(`Cannot read the reference ${path}: ${(error as Error).message}`, {cause: error});
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({path, message}) => `  ${path.join(".")}: ${message}`);
  throw new UserError(`${path} is not a reference of activations:\n${lines.join("\n")}`, {
    hint: "Fetch the file again."
  });
}

/**
 * The rule by which the references' weights are filled, so that no file is needed: every tensor row-major from a stream
 * of its own, seeded by its name in Keras 3. There, the kernel of a depthwise convolution is called `kernel`, and only
 * a separable convolution has a `depthwise_kernel`. ResNeXt's grouped convolutions, `_2_conv`, are depthwise ones
 * there.
 */
export const ruleWeights: Initialise = (name, shape) => {
  const kerasName = name.replace(/(depthwise|_2_conv)\/depthwise_kernel$/, "$1/kernel");
  const u = mulberry32(fnv1a32(kerasName));
  const fanIn = product(shape.slice(0, -1));
  const [height, width, , multiplier] = shape;
  const rules: [RegExp, (u: number) => number][] = [
    [/\/depthwise_kernel$/, (u) => Math.sqrt(3 / (height * width * multiplier)) * (2 * u - 1)],
    [/kernel$/, (u) => Math.sqrt(6 / fanIn) * (2 * u - 1)],
    [/\/(gamma|moving_variance)$/, (u) => 0.8 + 0.4 * u],
    [/./, (u) => 0.2 * u - 0.1]
  ];
  const rule = rules.find(([pattern]) => pattern.test(kerasName))![1];
  return tf.tensor(
    Float32Array.from({length: product(shape)}, () => rule(u())),
    shape
  );
};

/** The rule's weights, filled in the layout of the published file and converted as that is. */
function asPublished({imagenet}: Architecture): Initialise {
  if (!imagenet?.layout || !imagenet.convert) return ruleWeights;
  return (name, shape) => {
    const file = imagenet.layout!(name, shape);
    const data = ruleWeights(file.name, file.shape).dataSync() as Float32Array;
    const converted = imagenet.convert!(new Map([[file.name, {shape: file.shape, data}]])).get(name)!;
    return tf.tensor(converted.data, converted.shape);
  };
}

/** The input of a reference: uniform in [-1, 1), row-major. */
export function referenceInput({shape, seed}: Reference["input"]): tf.Tensor4D {
  const u = mulberry32(seed);
  return tf.tensor4d(
    Float32Array.from({length: product(shape)}, () => 2 * u() - 1),
    shape
  );
}

/** Whether a reference was made with the weights that its publisher offers, instead of with the rule's. */
export const needsPublishedWeights = ({made_by}: Reference): boolean => /\bweights\b/.test(made_by);

/**
 * Runs a network's body as its reference was made, on the active backend, and compares every activation that the
 * reference lists, and the global average pool of the last.
 * @throws UserError where published weights are needed but absent, or layers, shapes or the number of weights differ
 */
export async function compareActivations(architecture: Architecture, reference: Reference): Promise<Comparison[]> {
  const layers = new Layers(asPublished(architecture));
  const outputs = new Map<string, tf.Tensor>();
  const input = referenceInput(reference.input);
  try {
    if (needsPublishedWeights(reference)) await loadPublished(architecture, layers, input);
    tf.tidy(() => {
      const tap = (layer: string, output: tf.Tensor) => {
        if (reference.activations[layer]) outputs.set(layer, tf.keep(output.clone()));
        return output;
      };
      const features = architecture.body(layers, input, {...inference, tap});
      outputs.set(pool, tf.keep(tf.mean(features, [1, 2])));
    });
    checkParameters(architecture, layers, reference);
    const expected = Object.entries({...reference.activations, [pool]: reference.global_average_pool});
    const comparisons: Comparison[] = [];
    for (const [layer, summary] of expected) {
      comparisons.push({layer, error: await largestError(architecture, layer, outputs.get(layer), summary)});
    }
    return comparisons;
  } finally {
    tf.dispose([input, ...outputs.values()]);
    layers.dispose();
  }
}

const pool = "global average pool";

async function loadPublished(architecture: Architecture, layers: Layers, input: tf.Tensor4D): Promise<void> {
  tf.tidy(() => void architecture.body(layers, input, inference));
  assign(layers.variables, await readImageNet(architecture, layers.variables));
}

function checkParameters({title}: Architecture, {variables}: Layers, {parameters}: Reference): void {
  const count = [...variables.values()].reduce((sum, {size}) => sum + size, 0);
  if (parameters === undefined || count === parameters) return;
  throw new UserError(`The body of ${title} has ${count} values in its weights, its reference ${parameters}.`);
}

async function largestError(
  {title}: Architecture,
  layer: string,
  output: tf.Tensor | undefined,
  expected: Summary
): Promise<number> {
  if (!output) throw new UserError(`${title} has no layer ${layer}, which its reference lists.`);
  if (String(output.shape) !== String(expected.shape)) {
    throw new UserError(`${layer} of ${title} is [${output.shape}], in its reference [${expected.shape}].`);
  }
  const values = Array.from(await output.data());
  const {mean, std, l2, first, last, all = []} = expected;
  const actual = moments(values);
  const differences = [
    actual.mean - mean,
    actual.std - std,
    (actual.l2 - l2) / Math.sqrt(values.length),
    ...first.map((value, i) => values[i] - value),
    ...last.map((value, i) => values[values.length - last.length + i] - value),
    ...all.map((value, i) => values[i] - value)
  ].map((difference) => (Number.isNaN(difference) ? Infinity : Math.abs(difference)));
  return Math.max(...differences) / (l2 / Math.sqrt(values.length));
}

/** Mean, deviation (of the population) and Euclidean norm. */
function moments(values: number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return {mean, std: Math.sqrt(variance), l2: Math.sqrt(values.length * (variance + mean ** 2))};
}

const product = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
