import {existsSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {colourOf} from "../../lib/dataset/colour.js";
import {datasetDigest} from "../../lib/dataset/digest.js";
import {readPixels} from "../../lib/dataset/pixels.js";
import type {Dataset, Example} from "../../lib/dataset/types.js";
import {stage} from "../../lib/pipeline/stage.js";
import {scoresOf} from "../../lib/plausibility/detector.js";
import {judgedFeatures} from "../../lib/plausibility/features.js";
import {picturesOf} from "../../lib/plausibility/picture.js";
import {limitsOf, pixelFaults} from "../../lib/plausibility/verdict.js";
import {UserError} from "../../lib/support/errors.js";
import {directories} from "../../lib/support/paths.js";
import {inventory} from "../data/dataset.js";
import {calibrationInputs, heldIn} from "./outlier-calibration.js";
import {outlierDetector, withPublished} from "./outlier-detector.js";
import {counting, networkParams} from "../runs/trained-network.js";
import * as shapes from "../runs/shapes.js";
import {procedureOf, type RunArgs} from "../runs/training.js";
import {partInputs} from "../runs/weights.js";

/** What chose the detector, and what measures it. */
export const parts = ["development", "test"] as const;
/** Upright frontal radiographs, by collection, and what is none, by kind. */
export const sides = ["frontal", "other"] as const;

export type PlausibilityPart = (typeof parts)[number];
export type PlausibilitySide = (typeof sides)[number];

export const plausibilityFolder = () => join(directories.cache(), "plausibility");

interface Group {
  part: PlausibilityPart;
  side: PlausibilitySide;
  /** Of `frontal` the collection, of `other` what it is. */
  kind: string;
}

/** The images that `npm run bench -- plausibility` has laid out as PART/SIDE/KIND/IMAGE, with the groups as classes. */
export function openPlausibility(part: PlausibilityPart, folder = plausibilityFolder()): Dataset & {groups: Group[]} {
  const list = (...path: string[]) =>
    existsSync(join(folder, ...path)) ? readdirSync(join(folder, ...path)).sort() : [];
  const groups = sides.flatMap((side) => list(part, side).map((kind) => ({part, side, kind})));
  if (groups.length === 0) {
    throw new UserError(`There are no images to measure what is flagged: ${folder} is empty.`, {
      hint: "Build them and measure: npm run bench -- plausibility"
    });
  }
  const files = groups.flatMap(({side, kind}, label) =>
    list(part, side, kind).map((name) => {
      const file = `${side}/${kind}/${name}`;
      const id = {collection: `plausibility-${part}`, patient: file, file};
      return {id, path: join(folder, part, file), label};
    })
  );
  return {
    name: `plausibility-${part}`,
    title: part,
    classes: groups.map(({side, kind}) => `${side}/${kind}`),
    train: [],
    test: files.map((image, row): Example => ({row, split: "test", ...image})),
    notes: {duplicateLines: [], inBothSplits: []},
    groups
  };
}

/**
 * Reads the images as a network sees them, and how colourful they are as files. What the decoder refuses (one grey
 * level, sides too short or too unequal) is left out: no network is asked about it, so that nothing remains to be
 * flagged.
 */
export async function readPlausibility(part: PlausibilityPart, size: number) {
  const dataset = openPlausibility(part);
  const {pixels} = await readPixels(dataset.test, {size, anyRefused: true});
  const colours = await Promise.all(Array.from(pixels.rows, (row) => colourOf(dataset.test[row])));
  return {groups: dataset.groups, pixels, colours};
}

/**
 * What a run's detector says of radiographs that set no limit, and of what is no upright frontal radiograph, by kind:
 * distances, odds, and whether the pixels alone speak against it (1 or 0).
 */
export const plausibility = stage({
  name: "plausibility",
  module: import.meta.url,
  revision: 1,
  effort: "minutes",
  publish: true,
  shape: shapes.plausibility,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({
    ...partInputs(args),
    detector: outlierDetector(args),
    ...calibrationInputs(args),
    inventory: inventory(args)
  }),
  params: (args) => ({...networkParams(args), size: procedureOf(args).size}),
  external: () => async () => datasetDigest(openPlausibility("test")),
  run: async (inputs, {size, ...params}, context) => {
    const {groups, pixels, colours} = await readPlausibility("test", size);
    const features = await withPublished(params, {...inputs, images: {size}}, context, (network) =>
      judgedFeatures(network, pixels, counting(context))
    );
    const scores = scoresOf(features, inputs.detector.detector);
    const limits = limitsOf(heldIn(inputs), inputs.detector.colour);
    const faulty = picturesOf(pixels).map(
      (picture, i) => pixelFaults({picture, colour: colours[i]}, limits).length > 0
    );
    return groups.map(({side, kind}, label) => {
      const own = Array.from(pixels.labels.keys()).filter((i) => pixels.labels[i] === label);
      return {
        side,
        kind,
        distance: Float32Array.from(own, (i) => scores[i].distance),
        odds: Float32Array.from(own, (i) => scores[i].odds),
        pixels: Uint8Array.from(own, (i) => Number(faulty[i]))
      };
    });
  }
});
