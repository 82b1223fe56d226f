import type {CollectionName} from "../../lib/dataset/external.js";
import {nearDuplicates} from "../../lib/dataset/near-duplicates.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Run, Study} from "../../lib/study/schema.js";
import {inventory, pixels} from "../data/dataset.js";
import {predictionParams, predictionRevision, probabilitiesOf} from "../runs/run.js";
import * as shapes from "../runs/shapes.js";
import {procedureOf, training} from "../runs/training.js";

interface CollectionArgs {
  study: Study;
  collection: CollectionName;
}

/** What stands in for a study where a collection's images are read, so that they are read as the study's own. */
const only = (collection: CollectionName) => ({dataset: {name: collection}});

/**
 * Images of a collection that the study's lists hold too, so that they are no external ones, or that the collection
 * repeats. The pictures are compared, since bytes and sizes differ between publishers.
 */
export const externalOverlap = stage({
  name: "external-overlap",
  module: import.meta.url,
  revision: 1,
  effort: "hours",
  publish: true,
  shape: shapes.externalOverlap,
  id: ({collection}: CollectionArgs) => collection,
  inputs: ({study, collection}) => ({
    own: pixels({study: only(collection), split: "test", size: 32}),
    train: pixels({study, split: "train", size: 32}),
    test: pixels({study, split: "test", size: 32})
  }),
  params: {threshold: 0.98},
  run: ({own, train, test}, {threshold}) =>
    (["train", "test", "own"] as const).flatMap((among) =>
      nearDuplicates(own, {own, train, test}[among], threshold).map((found) => ({among, ...found}))
    )
});

/**
 * Class probabilities that a run gives a collection's images, read and predicted as the test images are, row-major [n,
 * classes]. `labels` are indices into the collection's own `groups`; equal numbers in `patients` are one patient.
 */
export const externalPredictions = stage({
  name: "external-predictions",
  module: import.meta.url,
  revision: predictionRevision,
  effort: "hours",
  publish: true,
  shape: shapes.externalPredictions,
  id: ({collection, run}: CollectionArgs & {run: Run}) => `${collection}/${run.id}`,
  inputs: ({study, collection, run}) => ({
    training: training({study, run}),
    images: pixels({study: only(collection), split: "test", size: procedureOf({study, run}).size}),
    collection: inventory({study: only(collection)}),
    inventory: inventory({study})
  }),
  params: predictionParams,
  run: async ({collection, ...inputs}, params, context) => {
    const {images, inventory} = inputs;
    const probabilities = await probabilitiesOf(inputs, params, context);
    const {rows, patients} = collection.splits.test;
    const patientOf = new Map(Array.from(rows, (row, i) => [row, patients[i]]));
    return {
      rows: images.rows,
      labels: images.labels,
      groups: collection.classes,
      patients: images.rows.map((row) => patientOf.get(row)!),
      classes: inventory.classes,
      probabilities
    };
  }
});
