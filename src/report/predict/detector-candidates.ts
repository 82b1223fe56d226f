import * as tf from "@tensorflow/tfjs";
import {gather} from "../../lib/dataset/gather.js";
import {datasetDigest} from "../../lib/dataset/digest.js";
import {balancedSample} from "../../lib/dataset/sample.js";
import type {Pixels} from "../../lib/dataset/types.js";
import {fitClassNormals, mahalanobis} from "../../lib/explain/mahalanobis.js";
import {pool} from "../../lib/models/head.js";
import {inference} from "../../lib/models/layers.js";
import type {Network} from "../../lib/models/network.js";
import {stage} from "../../lib/pipeline/stage.js";
import {scoresOf} from "../../lib/plausibility/detector.js";
import {judgedFeatures} from "../../lib/plausibility/features.js";
import {energy, neighbourDistance} from "../../lib/plausibility/candidates.js";
import {toleratedShare} from "../../lib/plausibility/verdict.js";
import {stream} from "../../lib/measures/random.js";
import {rowsOf} from "../../lib/training/inference.js";
import {outlierDetector, publishedNetworkInputs, withPublished} from "./outlier-detector.js";
import {openPlausibility, readPlausibility} from "./plausibility.js";
import * as shapes from "../runs/shapes.js";
import {counting, networkParams} from "../runs/trained-network.js";
import type {RunArgs} from "../runs/training.js";

/** The pooled last features and the logits of images: [n, 2c] and [n, classes]. */
async function lastOf(network: Network, pixels: Pixels) {
  const {classes} = network.options;
  const rows = await rowsOf(
    network,
    (images) => {
      const features = network.features(images, inference);
      return tf.concat([pool(features), network.classify(network.embed(features), inference)], 1);
    },
    pixels
  );
  const width = rows.length / pixels.rows.length;
  const columns = (from: number, to: number) =>
    Float32Array.from({length: pixels.rows.length * (to - from)}, (_, at) => {
      const row = Math.floor(at / (to - from));
      return rows[row * width + from + (at % (to - from))];
    });
  return {pooled: columns(0, width - classes), logits: columns(width - classes, width)};
}

const quantile = (values: Float32Array, share: number) => values.toSorted()[Math.round(share * (values.length - 1))];

/**
 * Ways to tell that an image is no radiograph as the study's, compared on images that are not those which measure the
 * chosen one: how much of what is none, by kind, each flags at the limit that a small share at most of validation
 * images, and of radiographs from elsewhere, exceeds. All see features alone.
 */
export const detectorCandidates = stage({
  name: "detector-candidates",
  module: import.meta.url,
  revision: 1,
  effort: "minutes",
  publish: true,
  shape: shapes.detectorCandidates,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({...publishedNetworkInputs(args), detector: outlierDetector(args)}),
  params: (args) => ({
    ...networkParams(args),
    ...{images: 1500, components: 50, neighbour: 10, seed: 1, tolerated: toleratedShare}
  }),
  external: () => async () => datasetDigest(openPlausibility("development")),
  run: async ({detector: {detector}, ...inputs}, params, context) => {
    const {images, components, neighbour, seed, tolerated, ...network} = params;
    const {groups, pixels} = await readPlausibility("development", inputs.images.size);
    const own = gather(inputs.images, inputs.split.train);
    const some = gather(own, balancedSample(own.labels, images, stream(seed, "images")));
    const validation = gather(inputs.images, inputs.split.validation);
    const classes = inputs.inventory.classes.length;
    const {known, held, shown, scores} = await withPublished(network, inputs, context, async (network) => ({
      known: await lastOf(network, some),
      held: {...(await lastOf(network, validation)), judged: await judgedFeatures(network, validation)},
      shown: await lastOf(network, pixels),
      scores: scoresOf(await judgedFeatures(network, pixels, counting(context)), detector)
    }));
    const normals = fitClassNormals(known.pooled, some.labels, {classes, components});
    const heldScores = scoresOf(held.judged, detector);
    const near = (of: typeof shown) =>
      neighbourDistance(of.pooled, known.pooled, (of.pooled.length / of.logits.length) * classes, neighbour);
    const candidates = {
      energy: [energy(held.logits, classes), energy(shown.logits, classes)],
      neighbours: [near(held), near(shown)],
      mahalanobis: [mahalanobis(held.pooled, normals), mahalanobis(shown.pooled, normals)],
      layers: [heldScores, scores].map((all) => Float32Array.from(all, ({distance}) => distance)),
      altered: [heldScores, scores].map((all) => Float32Array.from(all, ({odds}) => odds))
    };
    const beyond = Object.fromEntries(
      Object.entries(candidates).map(([name, [validation, shown]]) => {
        const sets = groups.flatMap(({side}, label) =>
          side === "frontal" ? [shown.filter((_, i) => pixels.labels[i] === label)] : []
        );
        const limit = Math.max(...[validation, ...sets].map((values) => quantile(values, 1 - tolerated)));
        return [name, shown.map((value) => Number(value > limit))];
      })
    );
    const flags: Record<string, ArrayLike<number>> = {
      ...beyond,
      both: beyond.layers.map((flag, i) => flag | beyond.altered[i])
    };
    return groups.map(({side, kind}, label) => {
      const rows = Array.from(pixels.labels.keys()).filter((i) => pixels.labels[i] === label);
      const flagged = Object.entries(flags).map(([name, all]) => [name, rows.filter((i) => all[i]).length]);
      return {side, kind, n: rows.length, flagged: Object.fromEntries(flagged) as Record<string, number>};
    });
  }
});
