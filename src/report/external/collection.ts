import {op, table} from "arquero";
import {stage} from "../../lib/pipeline/stage.js";
import type {CollectionName} from "../../lib/dataset/external.js";
import type {Study} from "../../lib/study/schema.js";
import {inventory} from "../data/dataset.js";
import {externalOverlap} from "./predictions.js";

/** How many images a collection has, of how many patients and what size, and how many are left out as known already. */
export const collectionSummary = stage({
  name: "collection-summary",
  module: import.meta.url,
  id: ({collection}: {study: Study; collection: CollectionName}) => collection,
  inputs: (args) => ({
    images: inventory({study: {dataset: {name: args.collection}}}),
    overlap: externalOverlap(args)
  }),
  run: ({images, overlap}) => {
    const {present, width, height, patients} = images.splits.test;
    const among = (name: string) => overlap.filter((found) => found.among === name).length;
    const sizes = table({width, height, patient: patients});
    const [summary] = sizes
      .rollup({width: op.median("width"), height: op.median("height"), patients: op.distinct("patient")})
      .objects() as {width: number; height: number; patients: number}[];
    return {images: present, ...summary, left: {train: among("train"), test: among("test"), own: among("own")}};
  }
});
