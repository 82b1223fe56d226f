import {gather} from "../../lib/dataset/gather.js";
import {balancedSample} from "../../lib/dataset/sample.js";
import type {Pixels} from "../../lib/dataset/types.js";
import {argmax} from "../../lib/measures/predictions.js";
import type {CamMethod} from "../../lib/explain/cam-methods.js";
import {camMethods} from "../../lib/explain/cam-methods.js";
import {mapsOf, quantise} from "../../lib/explain/maps.js";
import {areaBelow, orderOf, perturb} from "../../lib/explain/perturbation.js";
import {randomiseDownwards} from "../../lib/explain/randomisation.js";
import {spearman, ssim} from "../../lib/explain/similarity.js";
import {centred, upsample} from "../../lib/measures/raster.js";
import type {Network} from "../../lib/models/network.js";
import {architecture} from "../../lib/models/registry.js";
import {type Resolved, stage} from "../../lib/pipeline/stage.js";
import {stream} from "../../lib/measures/random.js";
import {predictor} from "../../lib/training/inference.js";
import {means} from "./mean.js";
import {maps, predictions, testList} from "../runs/run.js";
import * as shapes from "../runs/shapes.js";
import {counting, networkParams, withNetwork} from "../runs/trained-network.js";
import type {RunArgs} from "../runs/training.js";

const inputsOf = (args: RunArgs) => ({...testList(args), predictions: predictions(args)});

type Inputs = Resolved<ReturnType<typeof inputsOf>>;

/** The test images that the maps are tested on, of every class as many, and the class that is predicted of each. */
function sample({images: pixels, predictions}: Inputs, {images, seed}: {images: number; seed: number}) {
  const positions = balancedSample(pixels.labels, images, stream(seed, "explanations"));
  const predicted = argmax(predictions.probabilities, predictions.classes.length);
  return {positions, pixels: gather(pixels, positions), predicted: Int32Array.from(positions, (at) => predicted[at])};
}

/** Maps of the predicted class by the other methods, of a sample of the test images. */
export const methods = stage({
  name: "methods",
  module: import.meta.url,
  revision: 1,
  effort: "hours",
  publish: true,
  shape: shapes.methods,
  id: ({run}: RunArgs) => run.id,
  inputs: inputsOf,
  params: (args) => {
    const {images, seed} = args.study.analyses.explanations;
    return {...networkParams(args), images, seed};
  },
  run: async (inputs, {model, greyStem, ...options}, context) => {
    const {pixels, predicted} = sample(inputs, options);
    const others = (Object.keys(camMethods) as CamMethod[]).filter((method) => method !== "grad-cam");
    const found: ({method: CamMethod; size: number} & ReturnType<typeof quantise>)[] = [];
    await withNetwork({model, greyStem}, inputs, context, async (network) => {
      for (const method of others) {
        const {size, values} = await mapsOf(network, pixels, predicted, {method, onBatch: counting(context)});
        found.push({method, size, ...quantise(values, size * size)});
      }
    });
    return {rows: pixels.rows, layer: architecture(model).featureLayer, methods: found};
  }
});

/** The orders in which pixels go and come: by the map, from the middle outwards, at random. */
export const orders = ["map", "centre", "random"] as const;

/** Deletion and insertion on a sample of the test images: by order the mean curve and every image's area. */
export const faithfulness = stage({
  name: "faithfulness",
  module: import.meta.url,
  revision: 1,
  effort: "hours",
  publish: true,
  shape: shapes.faithfulness,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({...inputsOf(args), maps: maps(args)}),
  params: (args) => {
    const {images, steps, seed} = args.study.analyses.explanations;
    return {...networkParams(args), images, steps, seed};
  },
  run: async ({maps, ...inputs}, {model, greyStem, ...options}, context) => {
    const {positions, pixels, predicted} = sample(inputs, options);
    const area = maps.size ** 2;
    const own = (i: number) => {
      const grid = maps.grids.subarray(positions[i] * area, (positions[i] + 1) * area);
      return upsample(grid, maps.size, pixels.size);
    };
    const curves = await withNetwork({model, greyStem}, inputs, context, (network) =>
      perturbed(network, pixels, {...options, own, predicted, onImage: counting(context)})
    );
    return {
      rows: pixels.rows,
      orders: curves.map(({deletion, insertion}, k) => ({
        order: orders[k],
        deletion: summary(deletion),
        insertion: summary(insertion)
      }))
    };
  }
});

interface PerturbedOptions {
  /** The map of an image, upsampled to its size. */
  own: (i: number) => Float32Array;
  predicted: Int32Array;
  steps: number;
  seed: number;
  onImage: (done: number, total: number) => void;
}

/** The curves of deletion and insertion of every image, by order. */
async function perturbed(network: Network, pixels: Pixels, {own, predicted, steps, seed, onImage}: PerturbedOptions) {
  const {size} = pixels;
  const grey = Math.round(pixels.data.reduce((sum, value) => sum + value, 0) / pixels.data.length);
  const random = stream(seed, "orders");
  const curves = orders.map(() => ({deletion: [] as Float32Array[], insertion: [] as Float32Array[]}));
  const {predict, dispose} = predictor(network, 2 * (steps + 1), size);
  try {
    for (const [i, label] of predicted.entries()) {
      const image = pixels.data.subarray(i * size ** 2, (i + 1) * size ** 2);
      for (const [k, map] of [own(i), centred(size), new Float32Array(size ** 2)].entries()) {
        const {deletion, insertion} = await perturb(image, orderOf(map, random), {size, label, steps, grey, predict});
        curves[k].deletion.push(deletion);
        curves[k].insertion.push(insertion);
      }
      onImage(i + 1, predicted.length);
    }
  } finally {
    dispose();
  }
  return curves;
}

const summary = (all: Float32Array[]) => ({
  areas: Float32Array.from(all, areaBelow),
  curve: all[0].map((_, step) => all.reduce((sum, curve) => sum + curve[step], 0) / all.length)
});

/** Mean areas below the curves, and how much better the map's order is than a random and a centred one. */
export const faithfulnessEvaluation = stage({
  name: "faithfulness-evaluation",
  module: import.meta.url,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({faithfulness: faithfulness(args)}),
  params: ({study}) => study.analyses.bootstrap,
  run: ({faithfulness: {orders}}, options) =>
    (["deletion", "insertion"] as const).map((kind) => {
      const areas = orders.map((order) => order[kind].areas);
      const gains = areas.slice(1).map((other) => other.map((area, i) => areas[0][i] - area));
      const found = means([...areas, ...gains], options)!;
      return {
        kind,
        orders: orders.map(({order, ...curves}, k) => ({order, curve: curves[kind].curve, area: found[k]})),
        minusCentre: found[orders.length],
        minusRandom: found[orders.length + 1]
      };
    })
});

/** Side of the pictures that are compared by SSIM. */
const pictureSize = 56;

/**
 * How like a trained network's maps are to those of the same network as its layers become random, from the output
 * downwards.
 */
export const sanity = stage({
  name: "sanity",
  module: import.meta.url,
  revision: 1,
  effort: "hours",
  publish: true,
  shape: shapes.sanity,
  id: ({run}: RunArgs) => run.id,
  inputs: inputsOf,
  params: (args) => {
    const {images, parts, seed} = args.study.analyses.explanations;
    return {...networkParams(args), images, parts, seed};
  },
  run: async (inputs, {model, greyStem, parts, ...options}, context) => {
    const {pixels, predicted} = sample(inputs, options);
    const cascade: {share: number; layer: string; empty: number; spearman: Float32Array; ssim: Float32Array}[] = [];
    await withNetwork({model, greyStem}, inputs, context, async (network) => {
      const before = await pictures(network, pixels, predicted);
      await randomiseDownwards(network, {parts, seed: options.seed}, async (randomised) => {
        const now = await pictures(network, pixels, predicted);
        cascade.push({
          ...randomised,
          empty: now.filter(({peak}) => peak === 0).length,
          spearman: Float32Array.from(now, ({grid}, i) => spearman(grid, before[i].grid)),
          ssim: Float32Array.from(now, ({picture}, i) => ssim(picture, before[i].picture, pictureSize))
        });
        context.progress({done: cascade.length, total: parts + 1, unit: "stages of the cascade"});
      });
    });
    return {rows: pixels.rows, cascade};
  }
});

/** The map of every image as its cells and as a picture. */
async function pictures(network: Network, pixels: Pixels, predicted: Int32Array) {
  const {size, values} = await mapsOf(network, pixels, predicted);
  const {peaks, grids} = quantise(values, size * size);
  return Array.from(peaks, (peak, i) => {
    const grid = grids.subarray(i * size * size, (i + 1) * size * size);
    return {peak, grid, picture: upsample(grid, size, pictureSize).map((value) => value / 255)};
  });
}

/** Mean similarities along the cascade. */
export const sanityEvaluation = stage({
  name: "sanity-evaluation",
  module: import.meta.url,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({sanity: sanity(args)}),
  params: ({study}) => study.analyses.bootstrap,
  run: ({sanity: {cascade}}, options) =>
    cascade.map(({share, layer, empty, ...columns}) => {
      const [rank, structure] = means([columns.spearman, columns.ssim], options)!;
      return {share, layer, empty, spearman: rank, ssim: structure};
    })
});
