import {colourOf} from "../../lib/dataset/colour.js";
import {concurrently} from "../../lib/dataset/concurrently.js";
import {type Decoded, decodeGrey} from "../../lib/dataset/decode.js";
import type {OwnImage} from "../../lib/dataset/own-images.js";
import {reasonOf} from "../../lib/dataset/pixels.js";
import {toRows} from "../../lib/dataset/rows.js";
import type {Pixels} from "../../lib/dataset/types.js";
import {useBackend} from "../../lib/engine/backend.js";
import {atTemperature} from "../../lib/measures/temperature.js";
import type {Network} from "../../lib/models/network.js";
import type {Pipeline} from "../../lib/pipeline/index.js";
import type {Node, Result} from "../../lib/pipeline/types.js";
import {type Detector, scoresOf} from "../../lib/plausibility/detector.js";
import {judgedFeatures} from "../../lib/plausibility/features.js";
import {picturesOf} from "../../lib/plausibility/picture.js";
import {type Held, judge, type Limits, limitsOf, toleratedShare, type Verdict} from "../../lib/plausibility/verdict.js";
import {UserError} from "../../lib/support/errors.js";
import {predictor} from "../../lib/training/inference.js";
import {tta} from "../../lib/training/tta.js";
import {inventory} from "../data/dataset.js";
import {calibrations} from "./outlier-calibration.js";
import {outlierDetector} from "./outlier-detector.js";
import {predictionParams} from "../runs/run.js";
import {temperatureOf} from "./temperature.js";
import {restored} from "../runs/trained-network.js";
import {procedureOf, type RunArgs} from "../runs/training.js";
import {requireInput, requireParts, trainedWeights, type TrainedWeights} from "../runs/weights.js";

/** What a network makes of an image, with what is remarkable about its file, or why it could not be read. */
export type Classified = OwnImage & {notes?: readonly string[]} & (
    {probabilities: number[]; verdict?: Verdict; error?: undefined} | {error: string}
  );

/** Images that are decoded and held at a time. */
const chunk = 256;

/** What tells whether images are like the training images, and by which limits. */
interface Judge {
  detector: Detector;
  validation: Held;
  limits: Limits;
}

/** A run's network, ready to classify images that are not of its dataset. */
export interface Classifier {
  classes: readonly string[];
  source: TrainedWeights["source"];
  temperature: number;
  backend: string;
  /** Why it cannot be told whether an image is like the training images, or what that rests on. */
  caution?: string;
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
  const found = await judgeOf(args, trained, pipeline);
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
    caution: found.caution,
    async *classify(images) {
      for (let from = 0; from < images.length; from += chunk) {
        const {pixels, notes, colours, errors} = await decode(images.slice(from, from + chunk), size);
        const verdicts = found.judge ? await judged(network, {pixels, colours}, found.judge) : [];
        let row = 0;
        for (const [i, image] of images.slice(from, from + chunk).entries()) {
          const error = errors.get(i);
          if (error) yield {...image, error};
          else
            yield {
              ...image,
              notes: notes[row],
              probabilities: await probabilitiesOf(single(pixels, row)),
              verdict: verdicts[row++]
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

/** What judges images, if there is such. It belongs to the weights: published ones need a published one. */
async function judgeOf(
  args: RunArgs,
  {source}: TrainedWeights,
  pipeline: Pipeline
): Promise<{judge?: Judge; caution?: string}> {
  const detector = await usable(outlierDetector(args), source, pipeline);
  if (typeof detector === "string") return {caution: `It is not checked whether images are radiographs: ${detector}.`};
  await requireParts(args, pipeline, detector);
  const {validation, colour} = detector.value;
  const found = await Promise.all(calibrations(args).map((node) => usable(node, source, pipeline)));
  const sets = found.filter((result) => typeof result !== "string");
  sets.forEach((result) => requireInput("detector", detector.provenance.key, result));
  const limits = limitsOf([validation, ...sets.map(({value}) => value)], colour);
  const cautions = [
    ...(sets.length < found.length
      ? ["Only images of this study say what a radiograph looks like: those of other hospitals may be flagged."]
      : []),
    ...fewHeld(validation)
  ];
  return {judge: {...detector.value, limits}, caution: cautions.join("\n") || undefined};
}

/** Of fewer images than these none can be said to be among the few that are beyond a limit. */
const enough = 1 / toleratedShare;

function fewHeld({distance: {length}}: Held): string[] {
  if (length >= enough) return [];
  return [
    `Only ${length} validation images say how far a radiograph may be from the training images, ` +
      `where ${enough} are needed: many radiographs may be flagged.`
  ];
}

/** A result that was published with the weights or can be computed from own ones, or why there is none. */
async function usable<T>(
  node: Node<T>,
  source: TrainedWeights["source"],
  pipeline: Pipeline
): Promise<Result<T> | string> {
  const {action} = await pipeline.plan(node);
  if (action === "unavailable" || (action === "run" && source === "published")) {
    return "what the training images look like to this network is neither in the store nor published";
  }
  return pipeline.resolve(node).catch((error: unknown) => {
    if (error instanceof UserError) return error.message;
    throw error;
  });
}

/** Images as the study's are decoded; those that cannot be are left out and explained, by position. */
async function decode(images: readonly OwnImage[], size: number) {
  const decoded = new Map<number, Decoded & {colour: number}>();
  const errors = new Map<number, string>();
  await concurrently(images.length, async (i) => {
    try {
      decoded.set(i, {...(await decodeGrey(images[i], size)), colour: await colourOf(images[i])});
    } catch (error) {
      errors.set(i, reasonOf(error));
    }
  });
  const read = images.flatMap((_, i) => decoded.get(i) ?? []);
  const rows = toRows(read.keys());
  const data = Buffer.concat(read.map(({pixels}) => pixels));
  const pixels: Pixels = {size, rows, labels: new Int32Array(rows.length), data};
  return {pixels, notes: read.map(({notes}) => notes), colours: read.map(({colour}) => colour), errors};
}

/** One of several images. */
function single({size, rows, labels, data}: Pixels, at: number): Pixels {
  const area = size * size;
  return {
    size,
    rows: toRows(rows.slice(at, at + 1)),
    labels: labels.slice(at, at + 1),
    data: data.subarray(at * area, (at + 1) * area)
  };
}

/** Looks at images' pixels, then at what the network makes of them. */
async function judged(
  network: Network,
  {pixels, colours}: {pixels: Pixels; colours: number[]},
  {detector, validation, limits}: Judge
): Promise<Verdict[]> {
  if (pixels.rows.length === 0) return [];
  const pictures = picturesOf(pixels);
  const scores = scoresOf(await judgedFeatures(network, pixels), detector);
  return pictures.map((picture, i) => judge({picture, colour: colours[i], scores: scores[i]}, limits, validation));
}
