import {type CollectionName, collections} from "../../lib/dataset/external.js";
import {mix} from "../../lib/measures/ensemble.js";
import type {ExternalPredictions} from "../../lib/evaluation/external.js";
import {externalDifferences, healthyArea, takenFor, withoutRows} from "../../lib/evaluation/external.js";
import {wilson} from "../../lib/measures/interval.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Node} from "../../lib/pipeline/types.js";
import type {Run, Study} from "../../lib/study/schema.js";
import type {Twins} from "../../lib/study/twins.js";
import {ensembleEvaluation} from "../ensembles/ensemble.js";
import {evaluation} from "../results/evaluate.js";
import {externalOverlap, externalPredictions} from "./predictions.js";

interface CollectionArgs {
  study: Study;
  collection: CollectionName;
}

/** The classes of COVIDx that are asked for by name. */
const asked = {name: "COVID-19", normal: "normal"};

const params = ({study, collection}: CollectionArgs) => ({
  bootstrap: study.analyses.bootstrap,
  ...asked,
  healthy: collections[collection].healthy
});

type Members = Readonly<Record<`of ${string}`, Node<ExternalPredictions>>>;

const membersOf = (args: CollectionArgs, runs: readonly Run[]): Members =>
  Object.fromEntries(runs.map((run) => [`of ${run.id}`, externalPredictions({...args, run})]));

type Overlap = readonly {row: number}[];
const external = (predictions: ExternalPredictions, overlap: Overlap) =>
  withoutRows(predictions, new Set(overlap.map(({row}) => row)));

/**
 * What a run takes a collection's images for, and how well its probability of "normal" tells the healthy from the
 * others; of several runs, the mean of their probabilities. Images that the study's lists hold too are left out.
 */
export const externalEvaluation = stage({
  name: "external-evaluation",
  module: import.meta.url,
  id: ({collection, runs}: CollectionArgs & {runs: readonly Run[]}) =>
    `${collection}/${runs.length > 1 ? "ensemble" : runs[0].id}`,
  inputs: ({runs, ...args}): Members & {overlap: ReturnType<typeof externalOverlap>} => ({
    ...membersOf(args, runs),
    overlap: externalOverlap(args)
  }),
  params: ({runs, ...args}) => ({...params(args), members: runs.map(({id}) => id)}),
  run: (inputs, {bootstrap, members, ...health}) => {
    const found = members.map((id) => inputs[`of ${id}`]);
    const mixed = mix(
      found.map(({probabilities}) => probabilities),
      members.map(() => 1)
    );
    const predictions = external({...found[0], probabilities: Float32Array.from(mixed)}, inputs.overlap);
    return {groups: takenFor(predictions), area: healthyArea(predictions, health, bootstrap)};
  }
});

/** What a run, or several joined with equal weights, take the study's own test images for, by class. */
export const homeEvaluation = stage({
  name: "home-evaluation",
  module: import.meta.url,
  id: ({runs}: {study: Study; runs: readonly Run[]}) => (runs.length > 1 ? "ensemble" : runs[0].id),
  inputs: ({study, runs}) => ({
    scored:
      runs.length > 1 ? ensembleEvaluation({study, members: runs, way: "average"}) : evaluation({study, run: runs[0]})
  }),
  params: {normal: asked.normal},
  run: ({scored: {confusion, perClass, validation}}, {normal}) => ({
    groups: confusion.map((row, k) => {
      const images = row.reduce((a, b) => a + b);
      return {label: perClass[k].class, images, takenFor: row.map((count) => wilson(count, images))};
    }),
    area: perClass.find((one) => one.class === normal)?.rocAuc ?? null,
    validation
  })
});

/** By how much a pretrained run and its twin from random weights differ on a collection. */
export const externalComparison = stage({
  name: "external-comparison",
  module: import.meta.url,
  id: ({collection, pretrained, scratch}: CollectionArgs & Twins) => `${collection}/${pretrained.id}/${scratch.id}`,
  inputs: ({pretrained, scratch, ...args}) => ({
    overlap: externalOverlap(args),
    pretrained: externalPredictions({...args, run: pretrained}),
    scratch: externalPredictions({...args, run: scratch})
  }),
  params: ({study, collection}) => params({study, collection}),
  run: ({overlap, pretrained, scratch}, {bootstrap, ...of}) =>
    externalDifferences(external(pretrained, overlap), external(scratch, overlap), of, bootstrap)
});
