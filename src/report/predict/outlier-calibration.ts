import {gather} from "../../lib/dataset/gather.js";
import {toPositions} from "../../lib/dataset/rows.js";
import type {Inventory} from "../../lib/dataset/types.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Node} from "../../lib/pipeline/types.js";
import {scoresOf} from "../../lib/plausibility/detector.js";
import {judgedFeatures} from "../../lib/plausibility/features.js";
import {picturesOf, rangesOf} from "../../lib/plausibility/picture.js";
import {type Held, heldOf} from "../../lib/plausibility/verdict.js";
import {inventory, pixels} from "../data/dataset.js";
import {outlierDetector, withPublished} from "./outlier-detector.js";
import {counting, networkParams} from "../runs/trained-network.js";
import * as shapes from "../runs/shapes.js";
import {procedureOf, type RunArgs} from "../runs/training.js";
import {partInputs} from "../runs/weights.js";

/**
 * Collections whose radiographs set limits beside the study's own, half of each by patient; the other halves measure.
 */
export const calibrating = ["nih", "cohen-others"] as const;

export type Calibrating = (typeof calibrating)[number];

/** Rows of a collection whose patients have even numbers. */
export const evenPatients = ({splits: {test}}: Inventory): Set<number> =>
  new Set(Array.from(test.rows).filter((_, i) => test.patients[i] % 2 === 0));

interface CalibrationArgs extends RunArgs {
  collection: Calibrating;
}

/**
 * What a run's detector says of radiographs from elsewhere, of adults: by limits that only the study's own validation
 * images set, a good part of these would be taken for something else.
 */
export const outlierCalibration = stage({
  name: "outlier-calibration",
  module: import.meta.url,
  revision: 2,
  effort: "minutes",
  publish: true,
  shape: shapes.outlierCalibration,
  id: ({run, collection}: CalibrationArgs) => `${run.id}/${collection}`,
  inputs: ({collection, ...args}) => {
    const only = {dataset: {name: collection}};
    return {
      ...partInputs(args),
      detector: outlierDetector(args),
      images: pixels({study: only, split: "test", size: procedureOf(args).size}),
      collection: inventory({study: only}),
      inventory: inventory(args)
    };
  },
  params: (args) => ({...networkParams(args), patients: "even"}),
  run: async ({detector: {detector}, collection, ...inputs}, {model, greyStem}, context) => {
    const even = evenPatients(collection);
    const {rows} = inputs.images;
    const images = gather(inputs.images, toPositions([...rows.keys()].filter((i) => even.has(rows[i]))));
    const features = await withPublished({model, greyStem}, inputs, context, (network) =>
      judgedFeatures(network, images, counting(context))
    );
    return heldOf(rangesOf(picturesOf(images)), scoresOf(features, detector));
  }
});

/** What sets limits beside a run's validation images: only where the study's images are radiographs, too. */
export const calibrations = ({study, run}: RunArgs) =>
  study.dataset.name === "covidx" ? calibrating.map((collection) => outlierCalibration({study, run, collection})) : [];

/** Calibrations as a stage's inputs. */
export const calibrationInputs = (args: RunArgs): Readonly<Record<`calibration-${number}`, Node<Held>>> =>
  Object.fromEntries(calibrations(args).map((node, i) => [`calibration-${i + 1}`, node]));

/** What sets the limits, of a stage's inputs. */
export const heldIn = ({
  detector,
  ...inputs
}: {detector: {validation: Held}} & Readonly<Record<`calibration-${number}`, Held>>): Held[] => [
  detector.validation,
  ...calibrating.flatMap((_, i) => inputs[`calibration-${i + 1}`] ?? [])
];
