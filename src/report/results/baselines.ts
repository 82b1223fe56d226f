import {gather} from "../../lib/dataset/gather.js";
import {greyValues, imageMetadata} from "../../lib/dataset/trivial-features.js";
import type {Pixels, Split} from "../../lib/dataset/types.js";
import {evaluate} from "../../lib/evaluation/evaluate.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Study} from "../../lib/study/schema.js";
import {inventory, pixels, split} from "../data/dataset.js";
import {fitProbe} from "./fit-probe.js";
import * as shapes from "../runs/shapes.js";
import {startBackend} from "../runs/start-backend.js";

/**
 * What can be had without a network: the classes' shares in training, whatever the image; logistic regression on a
 * thumbnail; the same on what the file gives away, its aspect ratio, size and mean brightness.
 */
export const baselines = ["prior", "thumbnail", "metadata"] as const;
export type Baseline = (typeof baselines)[number];

export interface BaselineArgs {
  study: Study;
  baseline: Baseline;
}

/** Class probabilities that a trivial baseline gives the test images, row-major [n, classes]. */
export const baseline = stage({
  name: "baseline",
  module: import.meta.url,
  revision: 1,
  publish: true,
  shape: shapes.baseline,
  id: ({baseline}: BaselineArgs) => baseline,
  inputs: ({study}) => ({
    train: pixels({study, split: "train", size: 16}),
    test: pixels({study, split: "test", size: 16}),
    split: split({study}),
    inventory: inventory({study})
  }),
  params: ({study, baseline}) => ({baseline, penalties: study.analyses.probe.penalties}),
  run: async ({train, test, split, inventory}, {baseline, penalties}, context) => {
    const classes = inventory.classes.length;
    const [training, validation] = [gather(train, split.train), gather(train, split.validation)];
    const of = {rows: test.rows, labels: test.labels, classes: inventory.classes};
    if (baseline === "prior") return {...of, probabilities: prior(training.labels, classes, test.rows.length)};
    await startBackend(context);
    const describe = (images: Pixels, name: Split) =>
      baseline === "thumbnail" ? greyValues(images) : imageMetadata(images, inventory.splits[name]);
    const {values, columns} = describe(training, "train");
    const sets = {
      train: {features: values, labels: training.labels},
      validation: {features: describe(validation, "train").values, labels: validation.labels},
      test: describe(test, "test").values
    };
    return {...of, ...(await fitProbe(sets, {columns, classes, penalties}))};
  }
});

/** The share of every class, once for each image. */
function prior(labels: Int32Array, classes: number, images: number): Float32Array {
  const shares = new Float32Array(classes);
  for (const label of labels) shares[label] += 1 / labels.length;
  return Float32Array.from({length: images * classes}, (_, at) => shares[at % classes]);
}

/** Metrics of a trivial baseline on the test images. */
export const baselineEvaluation = stage({
  name: "baseline-evaluation",
  module: import.meta.url,
  id: ({baseline}: BaselineArgs) => baseline,
  inputs: (args) => ({predictions: baseline(args)}),
  params: ({study}) => study.analyses.bootstrap,
  run: ({predictions}, options) => evaluate(predictions, options)
});
