import {concurrently} from "../lib/dataset/concurrently.js";
import {type Decoded, decodeGrey} from "../lib/dataset/decode.js";
import type {OwnImage} from "../lib/dataset/own-images.js";
import {reasonOf} from "../lib/dataset/pixels.js";
import type {Pixels} from "../lib/dataset/types.js";
import {useBackend} from "../lib/engine/backend.js";
import {atTemperature} from "../lib/evaluation/temperature.js";
import {type ClassNormals, mahalanobis} from "../lib/explain/mahalanobis.js";
import type {Network} from "../lib/models/network.js";
import type {Pipeline} from "../lib/pipeline/index.js";
import {UserError} from "../lib/support/errors.js";
import {pooledFeatures, predictor} from "../lib/training/inference.js";
import {tta} from "../lib/training/tta.js";
import {inventory} from "./dataset.js";
import {outlierDetector} from "./outlier-detector.js";
import {type Outlyingness, outlyingness} from "./outlyingness.js";
import {predictionParams} from "./run.js";
import {temperatureOf} from "./temperature.js";
import {restored} from "./trained-network.js";
import {procedureOf, type RunArgs} from "./training.js";
import {requireTraining, trainedWeights, type TrainedWeights} from "./weights.js";

/** What a network makes of an image, with what is remarkable about its file, or why it could not be read. */
export type Classified = OwnImage & {notes?: readonly string[]} & (
    {probabilities: number[]; outlyingness?: Outlyingness; error?: undefined} | {error: string}
  );

/** Images that are decoded and held at a time. */
const chunk = 256;

interface Detector {
  normals: ClassNormals;
  validation: Float32Array;
}

/** A run's network, ready to classify images that are not of its dataset. */
export interface Classifier {
  classes: readonly string[];
  source: TrainedWeights["source"];
  temperature: number;
  backend: string;
  /** Why it cannot be told how far an image is from the training images. */
  withoutDistance?: string;
  /** One result for each image, in order. An image's result does not depend on the others. */
  classify(images: readonly OwnImage[]): AsyncGenerator<Classified>;
  dispose(): void;
}

/**
 * Opens the network of a run, from the store or as it was published, with the temperature that validation chose.
 * @throws UserError where there are no trained weights or no validation predictions, or those of several trainings
 */
export async function openClassifier(args: RunArgs, pipeline: Pipeline): Promise<Classifier> {
  const trained = await trainedWeights(args, pipeline);
  const {weights, source} = trained;
  const {classes} = (await pipeline.resolve(inventory(args))).value;
  const temperature = await temperatureOf(args, trained, pipeline);
  const detector = await detectorOf(args, trained, pipeline);
  const backend = await useBackend();
  const {size} = procedureOf(args);
  const {copies, ...params} = predictionParams(args);
  const network = await restored(params, {size, classes: classes.length, weights: Object.fromEntries(weights)});
  const one = predictor(network, 1, size);
  const probabilitiesOf = async (pixels: Pixels) => {
    const raw = await (copies ? tta(one.predict, pixels, copies) : one.predict(pixels));
    return Array.from(atTemperature(raw, classes.length, temperature));
  };
  return {
    classes,
    source,
    temperature,
    backend: backend.name,
    withoutDistance: typeof detector === "string" ? detector : undefined,
    async *classify(images) {
      for (let from = 0; from < images.length; from += chunk) {
        const {pixels, notes, errors} = await decode(images.slice(from, from + chunk), size);
        const outlying = typeof detector === "string" ? [] : await placesOf(network, pixels, detector);
        let row = 0;
        for (const [i, image] of images.slice(from, from + chunk).entries()) {
          const error = errors.get(i);
          if (error) yield {...image, error};
          else
            yield {
              ...image,
              notes: notes[row],
              probabilities: await probabilitiesOf(single(pixels, row)),
              outlyingness: outlying[row++]
            };
        }
      }
    },
    dispose: () => {
      one.dispose();
      network.dispose();
    }
  };
}

/** What tells how far images are, or why there is none. It belongs to the weights: published ones need a published one. */
async function detectorOf(args: RunArgs, {key, source}: TrainedWeights, pipeline: Pipeline) {
  const node = outlierDetector(args);
  const {action} = await pipeline.plan(node);
  if (action === "unavailable" || (action === "run" && source === "published")) {
    return "what the training images look like to this network is neither in the store nor published";
  }
  const found = await pipeline.resolve(node).catch((error: unknown) => {
    if (error instanceof UserError) return error.message;
    throw error;
  });
  if (typeof found === "string") return found;
  requireTraining(key, found);
  return found.value;
}

/** Images as the study's are decoded; those that cannot be are left out and explained, by position. */
async function decode(images: readonly OwnImage[], size: number) {
  const decoded = new Map<number, Decoded>();
  const errors = new Map<number, string>();
  await concurrently(images.length, async (i) => {
    try {
      decoded.set(i, await decodeGrey(images[i], size));
    } catch (error) {
      errors.set(i, reasonOf(error));
    }
  });
  const read = images.flatMap((_, i) => decoded.get(i) ?? []);
  const rows = Int32Array.from(read.keys());
  const data = Buffer.concat(read.map(({pixels}) => pixels));
  const pixels: Pixels = {size, rows, labels: new Int32Array(rows.length), data};
  return {pixels, notes: read.map(({notes}) => notes), errors};
}

/** One of several images. */
function single({size, rows, labels, data}: Pixels, at: number): Pixels {
  const area = size * size;
  return {
    size,
    rows: rows.slice(at, at + 1),
    labels: labels.slice(at, at + 1),
    data: data.subarray(at * area, (at + 1) * area)
  };
}

/** Where images stand among the validation images. */
async function placesOf(network: Network, pixels: Pixels, {normals, validation}: Detector): Promise<Outlyingness[]> {
  if (pixels.rows.length === 0) return [];
  return outlyingness(mahalanobis(await pooledFeatures(network, pixels), normals), validation);
}
