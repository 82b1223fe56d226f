import {gather} from "../../lib/dataset/gather.js";
import {type Rows, toPositions} from "../../lib/dataset/rows.js";
import {outsideBody} from "../../lib/dataset/body.js";
import {datasetDigest} from "../../lib/dataset/digest.js";
import {regions as markedRegions} from "../../lib/dataset/masks/regions.js";
import {openAnnotations} from "../../lib/dataset/masks.js";
import {openDataset} from "../../lib/dataset/open.js";
import {readPixels} from "../../lib/dataset/pixels.js";
import type {Pixels, Split} from "../../lib/dataset/types.js";
import {splits} from "../../lib/dataset/types.js";
import {argmax} from "../../lib/measures/predictions.js";
import {energyShare, pointsAt} from "../../lib/explain/attention.js";
import type {Maps} from "../../lib/explain/maps.js";
import {mapsOf} from "../../lib/explain/maps.js";
import {centred, upsample} from "../../lib/measures/raster.js";
import type {Network} from "../../lib/models/network.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {StageContext} from "../../lib/pipeline/types.js";
import type {Study} from "../../lib/study/schema.js";
import {predict} from "../../lib/training/inference.js";
import {inventory, pixels, split} from "../data/dataset.js";
import {maps, predictions} from "../runs/run.js";
import * as shapes from "../runs/shapes.js";
import {counting, networkParams, withNetwork} from "../runs/trained-network.js";
import {partParams, procedureOf, type RunArgs, training} from "../runs/training.js";
import {trainingPositions} from "../runs/train-network.js";

/** Where the energy of maps is looked for: what is marked, and what is found to lie outside the body. */
export const regions = [...markedRegions, "outside"] as const;
export type Region = (typeof regions)[number];

/** Side of the masks, in pixels. */
const maskSize = 112;

/**
 * An image that maps are judged on: how much of a pixel lies in each region, 0 to 255. A region that is not marked is
 * absent.
 */
interface Judged {
  split: Split;
  row: number;
  label: number;
  masks: Partial<Record<Region, Uint8Array>>;
}

/**
 * All test images, and the training images that have annotations, with their masks: these are images and are never
 * published.
 */
export const masks = stage({
  name: "masks",
  module: import.meta.url,
  revision: 1,
  id: ({study}: {study: Study}) => study.dataset.name,
  inputs: (args) => ({inventory: inventory(args)}),
  params: ({study}) => ({dataset: study.dataset, size: maskSize}),
  external:
    ({study}) =>
    async () => {
      const dataset = await openDataset(study.dataset);
      return `${await datasetDigest(dataset)} ${await openAnnotations(dataset).digest()}`;
    },
  run: async ({inventory}, {dataset: source, size}, {progress}) => {
    const dataset = await openDataset(source);
    const annotations = openAnnotations(dataset);
    const found: Judged[] = [];
    // Of so few annotated images, one that is missing would be too many for `readPixels`.
    const present = new Set(inventory.splits.train.rows);
    const annotated = dataset.train.filter((example) => present.has(example.row) && annotations.has(example));
    for (const list of [dataset.test, annotated]) {
      const {pixels} = await readPixels(list, {size, onProgress: progress});
      const byRow = new Map(list.map((example) => [example.row, example]));
      for (const [i, row] of pixels.rows.entries()) {
        const {split, label} = byRow.get(row)!;
        const outside = outsideBody(pixels.data.subarray(i * size * size, (i + 1) * size * size), size);
        found.push({split, row, label, masks: {...(await annotations.draw(byRow.get(row)!, size)), outside}});
      }
    }
    return {size, images: found};
  }
});

/**
 * Of some images, one map each: what share of its energy lies in each region and whether it points there, [n, regions];
 * NaN where there is no such mask or no map.
 */
function judge(judged: readonly Judged[], size: number, map: (i: number) => Float32Array) {
  const energy = new Float32Array(judged.length * regions.length).fill(NaN);
  const hits = energy.slice();
  judged.forEach(({masks}, i) => {
    const values = map(i);
    regions.forEach((region, r) => {
      const mask = masks[region];
      if (!mask) return;
      energy[i * regions.length + r] = energyShare(values, mask) ?? NaN;
      hits[i * regions.length + r] = pointsAt(values, mask, size) ?? NaN;
    });
  });
  return {energy, hits};
}

/**
 * What a uniform map and one that is brightest in the middle score on the same images: whatever a network shows has to
 * beat both.
 */
export const references = stage({
  name: "references",
  module: import.meta.url,
  revision: 1,
  publish: true,
  shape: shapes.references,
  id: ({study}: {study: Study}) => study.dataset.name,
  inputs: (args) => ({masks: masks(args)}),
  run: ({masks: {size, images}}) => {
    const [uniform, centre] = [new Float32Array(size * size).fill(1), centred(size)];
    return {
      keys: images.map(keyOf),
      uniform: judge(images, size, () => uniform),
      centre: judge(images, size, () => centre)
    };
  }
});

const keyOf = ({split, row}: {split: Split; row: number}) => `${split}/${row}`;

/** Maps of the predicted class of some images. */
interface Explained extends Maps {
  rows: Rows;
  predicted: Int32Array;
}

/** Where a run's maps of the predicted class lie, on all test images and on annotated training images. */
export const attention = stage({
  name: "attention",
  module: import.meta.url,
  revision: 1,
  effort: "hours",
  publish: true,
  shape: shapes.attention,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({
    training: training(args),
    masks: masks(args),
    train: pixels({study: args.study, split: "train", size: procedureOf(args).size}),
    split: split(args),
    inventory: inventory(args),
    predictions: predictions(args),
    maps: maps(args)
  }),
  params: (args) => ({...networkParams(args), ...partParams(args)}),
  run: async ({training, masks, train, split, inventory, predictions, maps}, {part, ...params}, context) => {
    const annotated = toPositions(
      masks.images.flatMap(({split, row}) => (split === "train" ? train.rows.indexOf(row) : []))
    );
    const sets = {
      train: await withNetwork(params, {training, images: train, inventory}, context, (network) =>
        explain(network, gather(train, annotated), context)
      ),
      test: {
        rows: predictions.rows,
        predicted: argmax(predictions.probabilities, inventory.classes.length),
        size: maps.size,
        values: Float32Array.from(maps.grids)
      }
    };
    const places = new Map(
      splits.flatMap((split) => Array.from(sets[split].rows, (row, i) => [keyOf({split, row}), i] as const))
    );
    const place = (image: Judged) => places.get(keyOf(image))!;
    const judged = masks.images.filter((image) => places.has(keyOf(image)));
    const taken = trainingPositions(split, inventory.splits.train.labels, part);
    const seen = new Set(Array.from(taken, (at) => keyOf({split: "train", row: train.rows[at]})));
    return {
      keys: judged.map(keyOf),
      /** Whether the network has been trained on the image. */
      seen: judged.map((image) => seen.has(keyOf(image))),
      labels: Int32Array.from(judged, ({label}) => label),
      predicted: Int32Array.from(judged, (image) => sets[image.split].predicted[place(image)]),
      ...judge(judged, masks.size, (i) => drawn(sets[judged[i].split], place(judged[i]), masks.size))
    };
  }
});

async function explain(network: Network, pixels: Pixels, context: StageContext): Promise<Explained> {
  const {rows} = pixels;
  if (rows.length === 0) return {rows, predicted: new Int32Array(), size: 1, values: new Float32Array()};
  const probabilities = await predict(network, pixels);
  const predicted = argmax(probabilities, probabilities.length / rows.length);
  return {rows, predicted, ...(await mapsOf(network, pixels, predicted, {onBatch: counting(context)}))};
}

const drawn = ({size: cells, values}: Maps, i: number, size: number) =>
  upsample(values.subarray(i * cells ** 2, (i + 1) * cells ** 2), cells, size);
