import {z} from "zod";

// What the values of published stages look like: a published file is checked against it before anything reads it, and a
// result before it is published. A number may be NaN: a training can diverge.
const text = z.string();
const real = z.custom<number>((value) => typeof value === "number", "is no number");
const ints = z.instanceof(Int32Array);
const floats = z.instanceof(Float32Array);
const bytes = z.instanceof(Uint8Array);
const reals = z.array(real);

/** Columns of one table: each has a whole number of entries for every row, and `rows` or the first column one. */
const table = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object(shape).refine((value) => {
    const [first, ...others] = Object.values(value).filter(isColumn);
    return others.every(({length}) => (first.length ? length % first.length === 0 && length > 0 : length === 0));
  }, "has columns of different lengths");

const isColumn = (value: unknown): value is {length: number} => ArrayBuffer.isView(value) || Array.isArray(value);

/** Class probabilities of images, row-major [n, classes]. */
export const predictions = z
  .intersection(table({rows: ints, labels: ints, probabilities: floats}), z.object({classes: z.array(text)}))
  .refine(
    ({rows, classes, probabilities}) => probabilities.length === rows.length * classes.length,
    "has not one probability for each image and class"
  );

export const externalPredictions = z.intersection(
  predictions,
  z.intersection(table({rows: ints, patients: ints}), z.object({groups: z.array(text)}))
);

/** Which images are a task's: their places in lists, their labels and patients, and which of them test. */
export const taskImages = z.intersection(
  table({list: ints, row: ints, labels: ints, patients: ints, tests: bytes}),
  z.object({classes: z.array(text)})
);

const tried = z.array(z.object({l2: real, weightedF1: real}));
export const probe = z.intersection(predictions, z.object({l2: real, tried}));
export const baseline = z.intersection(predictions, z.object({l2: real.optional(), tried: tried.optional()}));

const images = table({rows: ints, labels: ints, width: ints, height: ints, patients: ints, families: ints});
const split = z.intersection(
  images,
  z.object({listed: real, present: real, byClass: reals, problems: z.array(z.object())})
);

export const inventory = z.object({
  ...{title: text, digest: text, classes: z.array(text), families: z.array(text)},
  splits: z.object({train: split, test: split}),
  duplicates: z.array(z.object({images: z.array(z.object({row: real}))}))
});

export const externalOverlap = z.array(z.object({among: text, row: real, other: real, correlation: real}));

const scores = {accuracy: real, macroF1: real, weightedF1: real, perClass: z.array(z.object({recall: real}))};
const epoch = {
  epoch: real,
  phase: real,
  trains: text,
  size: real,
  trainLoss: real,
  validationLoss: real,
  seconds: real
};

export const history = z.object({
  epochs: z.array(z.object({...epoch, ...scores})).min(1),
  steps: table({rates: floats, momenta: floats, losses: floats, gradientNorms: floats}),
  finders: z.array(z.object({phase: real, rates: reals, losses: reals})),
  selected: real,
  parameters: real
});

export const weights = z.object({tensors: z.array(z.object({name: text, shape: reals})), bytes});

export const weightRounding = z.object({
  ...{images: real, bytes: real, largestChange: real, changedClass: real},
  logLoss: z.object({exact: real, rounded: real})
});

const counts = z.object({parameters: real, statistics: real, macs: real});
export const profile = z.object({body: counts, head: counts, stages: z.array(counts), features: real});
export const filters = z.object({layer: text, shape: reals, before: floats, after: floats});

export const inferenceTime = z.object({
  size: real,
  measured: z.array(z.object({batch: real, median: real, lower: real, upper: real})).min(1)
});

export const components = z.object({
  ...{rows: ints, labels: ints, components: real, scores: floats},
  explained: z.instanceof(Float64Array)
});

const quality = {trustworthiness: real, continuity: real, purity: real};
const map = {...quality, perplexity: real, coordinates: floats, kl: real, disparity: real};

export const embedding = z.object({
  ...{rows: ints, labels: ints, neighbours: ints, frames: bytes},
  maps: z.array(z.object({...map, seed: real.nullable()})).min(1),
  pca: z.object({...quality, coordinates: floats}),
  stability: z.array(floats),
  purity: real
});

const grids = {peaks: floats, grids: bytes};
export const maps = z.intersection(table({rows: ints, ...grids}), z.object({layer: text, size: real}));
const method = z.intersection(table(grids), z.object({method: text, size: real}));
export const methods = z.object({rows: ints, layer: text, methods: z.array(method)});

const curves = z.object({areas: floats, curve: floats});
export const faithfulness = z.object({
  rows: ints,
  orders: z.array(z.object({order: text, deletion: curves, insertion: curves})).min(1)
});

const similarity = table({spearman: floats, ssim: floats});
export const sanity = z.object({
  rows: ints,
  cascade: z.array(z.intersection(similarity, z.object({share: real, layer: text, empty: real})))
});

const judged = table({energy: floats, hits: floats});
export const references = z.object({keys: z.array(text), uniform: judged, centre: judged});

export const attention = table({
  ...{keys: z.array(text), seen: z.array(z.boolean()), labels: ints, predicted: ints},
  ...{energy: floats, hits: floats}
});

export const similarities = z.array(z.object({layer: text, depth: real, channels: real, cka: real}));

const ranges = z.record(text, z.object({low: real, high: real}));
const held = z.object({distance: floats, odds: floats, picture: ranges});
export const outlierDetector = z.object({
  ...{images: real, layers: z.array(text), validation: held, colour: real},
  detector: z.object({
    ...{mean: floats, deviation: floats, normals: z.object({means: floats, columns: real})},
    altered: z.object({kinds: z.array(text), kernel: floats, bias: floats})
  })
});
export const outlierCalibration = held;
export const detectorCandidates = z.array(z.object({side: text, kind: text, n: real, flagged: z.record(text, real)}));
export const plausibility = z.array(
  z.intersection(table({distance: floats, odds: floats, pixels: bytes}), z.object({side: text, kind: text}))
);
