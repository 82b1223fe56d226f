import {gather} from "../../lib/dataset/gather.js";
import {toRows} from "../../lib/dataset/rows.js";
import {balancedSample} from "../../lib/dataset/sample.js";
import type {Pixels} from "../../lib/dataset/types.js";
import type {Network} from "../../lib/models/network.js";
import {type PackedWeights, unpack} from "../../lib/models/weights/packed.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {StageContext} from "../../lib/pipeline/types.js";
import {type Altered, alterations} from "../../lib/plausibility/alterations.js";
import {type DetectorOptions, fitDetector, scoresOf} from "../../lib/plausibility/detector.js";
import {judgedFeatures, judgedLayers} from "../../lib/plausibility/features.js";
import {picturesOf, rangesOf} from "../../lib/plausibility/picture.js";
import {heldOf} from "../../lib/plausibility/verdict.js";
import {stream} from "../../lib/measures/random.js";
import {colour} from "./colour.js";
import {trainingList} from "../runs/run.js";
import * as shapes from "../runs/shapes.js";
import {counting, networkParams, type NetworkParams, type TrainedOn, withNetwork} from "../runs/trained-network.js";
import {partParams, type RunArgs} from "../runs/training.js";
import {trainingPositions} from "../runs/train-network.js";
import {joinParts, partInputs} from "../runs/weights.js";

/** A run's network by its weights as they are published, and images that it was not trained on or that it was. */
export const publishedNetworkInputs = (args: RunArgs) => {
  const {images, split, inventory} = trainingList(args);
  return {...partInputs(args), images, split, inventory};
};

/**
 * As `withNetwork`, by the weights as they are published: a fresh clone then computes with the very network that is
 * described.
 */
export const withPublished = <T>(
  params: NetworkParams,
  {images, inventory, ...inputs}: Pick<TrainedOn, "images" | "inventory"> & Record<`part-${number}`, PackedWeights>,
  context: StageContext,
  use: (network: Network) => Promise<T>
): Promise<T> => {
  const weights = Object.fromEntries(unpack(joinParts(inputs)));
  return withNetwork(params, {training: {weights}, images, inventory}, context, use);
};

const kinds = Object.keys(alterations) as Altered[];

const settings: Omit<DetectorOptions, "classes" | "kinds"> & {images: number; altered: number; seed: number} = {
  images: 1500,
  altered: 400,
  components: 50,
  basis: 100,
  penalty: 1e-2,
  seed: 1
};

/** Of every kind of alteration so many of the images, changed, with the place of their kind. */
function alter({size, labels, data}: Pixels, each: number, seed: number): {pixels: Pixels; labels: Int32Array} {
  const area = size * size;
  const changed = kinds.flatMap((kind, k) => {
    const random = stream(seed, kind);
    return Array.from(balancedSample(labels, each, random), (at) => ({
      k,
      bytes: alterations[kind](data.subarray(at * area, (at + 1) * area), size, random)
    }));
  });
  const of = Int32Array.from(changed, ({k}) => k);
  const pixels = {size, rows: toRows(of), labels: of, data: Buffer.concat(changed.map(({bytes}) => bytes))};
  return {pixels, labels: of};
}

/**
 * What a run's training images look like, as pixels and to its network, so that it can be said whether an image is an
 * upright frontal radiograph as they are; and the scores of the validation images, which neither the network nor the
 * detector has seen. Minutes.
 */
export const outlierDetector = stage({
  name: "outlier-detector",
  module: import.meta.url,
  revision: 2,
  effort: "hours",
  publish: true,
  shape: shapes.outlierDetector,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({...publishedNetworkInputs(args), colour: colour(args)}),
  params: (args) => ({...networkParams(args), ...partParams(args), ...settings, kinds}),
  run: async ({colour, ...inputs}, {part, kinds, images, altered, seed, ...params}, context) => {
    const taken = trainingPositions(inputs.split, inputs.inventory.splits.train.labels, part);
    const [own, held] = [gather(inputs.images, taken), gather(inputs.images, inputs.split.validation)];
    const some = gather(own, balancedSample(own.labels, images, stream(seed, "images")));
    const changed = alter(own, altered, seed);
    const {layers, known, others, validation} = await withPublished(params, inputs, context, async (network) => ({
      layers: judgedLayers(network),
      known: await judgedFeatures(network, some, counting(context)),
      others: await judgedFeatures(network, changed.pixels, counting(context)),
      validation: await judgedFeatures(network, held)
    }));
    const detector = fitDetector(
      {features: known, labels: some.labels},
      {features: others, labels: changed.labels},
      {...params, kinds, classes: inputs.inventory.classes.length}
    );
    return {
      images: own.rows.length,
      layers,
      detector,
      validation: heldOf(rangesOf(picturesOf(inputs.images)), scoresOf(validation, detector)),
      colour: colour[Math.round(0.999 * (colour.length - 1))]
    };
  }
});
