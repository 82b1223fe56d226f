import type {MapQuality} from "../lib/explain/atlas.js";
import {argmax} from "../lib/measures/predictions.js";
import {resolve} from "../lib/pipeline/index.js";
import {inventory} from "../report/data/dataset.js";
import {embedding} from "../report/map/embed.js";
import {predictions} from "../report/runs/run.js";
import {study} from "../study.js";
import {brief, round} from "../report/shared/rounding.js";
import {attempt, sourceOf, titleOf} from "../report/shared/support.js";
import type {MapArtifact, PlaneMap} from "../report/map/artifact.js";

/** The t-SNE maps of a run; null where it has no result. */
export default async function (params: Readonly<Record<string, string>>): Promise<{map: MapArtifact | null}> {
  const run = study.runs.find(({id}) => id === params.run);
  const result = run && (await attempt(embedding({study, run})));
  if (!result || "missing" in result) return {map: null};
  const {rows, labels, maps, pca, purity, stability, neighbours} = result.value;
  const {probabilities, classes} = (await resolve(predictions({study, run}))).value;
  const {splits, families} = (await resolve(inventory({study}))).value;
  const family = new Map(Array.from(splits.test.rows, (row, i) => [row, splits.test.families[i]]));
  const neighbourCount = neighbours.length / rows.length;
  const reach = maps.reduce((most, map) => Math.max(most, reachOf(map.coordinates)), 0);
  const map: MapArtifact = {
    run: run.id,
    title: titleOf(run),
    perplexities: [...new Set(maps.map(({perplexity}) => perplexity))],
    seeds: [null, ...study.analyses.tsne.seeds],
    neighbourCount,
    row: Array.from(rows),
    actual: Array.from(labels),
    predicted: Array.from(argmax(probabilities, classes.length)),
    probabilities: table(probabilities, classes.length, brief),
    numberings: families,
    numbering: Array.from(rows, (row) => family.get(row) ?? -1),
    maps: maps.map(({perplexity, seed, kl, ...map}) => ({perplexity, seed, kl: round(kl), ...present(map, reach)})),
    pca: present(pca, reachOf(pca.coordinates)),
    purity: round(purity),
    stability: stability.map((values) => Array.from(values, (value) => Math.round(100 * value))),
    neighbours: table(neighbours, neighbourCount, (index) => index),
    source: sourceOf(result)
  };
  return {map};
}

const reachOf = (coordinates: Float32Array) => coordinates.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function present(
  {coordinates, disparity, ...quality}: MapQuality & {coordinates: Float32Array; disparity: number},
  reach: number
): PlaneMap {
  const axis = (which: number) =>
    Array.from({length: coordinates.length / 2}, (_, i) => Math.round((999 * coordinates[2 * i + which]) / reach));
  return {
    x: axis(0),
    y: axis(1),
    disparity: round(disparity),
    trustworthiness: round(quality.trustworthiness),
    continuity: round(quality.continuity),
    purity: round(quality.purity)
  };
}

const table = (values: Float32Array | Int32Array, columns: number, convert: (value: number) => number): number[][] =>
  Array.from({length: values.length / columns}, (_, i) =>
    Array.from(values.subarray(i * columns, (i + 1) * columns), convert)
  );
