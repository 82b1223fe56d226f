import {collectionNames, collections} from "../lib/dataset/external.js";
import {bestOf, type Validated} from "../lib/evaluation/best.js";
import {architecture} from "../lib/models/registry.js";
import {resolve} from "../lib/pipeline/index.js";
import type {Run} from "../lib/study/schema.js";
import {twins} from "../lib/study/twins.js";
import {inventory} from "../report/data/dataset.js";
import {membersWithResults} from "../report/ensembles/members.js";
import {collectionSummary} from "../report/external/collection.js";
import {externalComparison, externalEvaluation, homeEvaluation} from "../report/external/evaluation.js";
import {shorten} from "../report/shared/rounding.js";
import {attempt, each, sourceOf, startOf, titleOf} from "../report/shared/support.js";
import {study} from "../study.js";
import type {ExternalArtifact, ExternalRun} from "../report/external/artifact.js";

/**
 * What every run makes of the study's own test images and of those from elsewhere, which only a study of radiographs
 * can tell.
 */
export default async function (): Promise<ExternalArtifact> {
  const {classes} = (await resolve(inventory({study}))).value;
  if (study.dataset.name !== "covidx") return {classes, collections: [], runs: [], pairs: [], missing: []};
  const members = (await membersWithResults()).map(({run}) => run);
  const asked = [...study.runs.map((run) => [run]), ...(members.length > 1 ? [members] : [])];
  const found: (Found | Missing)[] = [];
  for (const runs of asked) found.push(await externalRun(runs));
  const predicted = found.filter((one) => "run" in one);
  const best = bestOf(predicted.filter(({run}) => !run.ensemble));
  return {
    classes,
    collections: await described(),
    runs: predicted.map((one) => ({...one.run, leads: one === best})),
    pairs: await pairs(),
    missing: found.filter((one) => "missing" in one)
  };
}

interface Found extends Validated {
  run: Omit<ExternalRun, "leads">;
}
type Missing = ExternalArtifact["missing"][number];

/** A run, or several whose probabilities are averaged. */
async function externalRun(runs: readonly Run[]): Promise<Found | Missing> {
  const ensemble = runs.length > 1;
  const title = ensemble ? `Equal weights: ${runs.map(titleOf).join("; ")}` : titleOf(runs[0]);
  const home = await attempt(homeEvaluation({study, runs}));
  if ("missing" in home) return {title, ...home};
  const run: Found["run"] = {
    ...{run: ensemble ? "ensemble" : runs[0].id, title, ensemble},
    ...(ensemble ? {} : {network: architecture(runs[0].model).title, start: startOf(runs[0])}),
    groups: shorten(home.value.groups).map((group) => ({collection: "home", patients: null, ...group})),
    areas: [{collection: "home", area: shorten(home.value.area)}],
    source: [sourceOf(home)]
  };
  for (const collection of collectionNames) {
    const result = await attempt(externalEvaluation({study, collection, runs}));
    if ("missing" in result) return {title, ...result};
    const {groups, area} = shorten(result.value);
    run.groups.push(...groups.map((group) => ({collection, ...group})));
    run.areas.push({collection, area});
    run.source.push(sourceOf(result));
  }
  return {run, validation: home.value.validation};
}

/** What the collections hold. */
const described = (): Promise<ExternalArtifact["collections"]> =>
  each(
    collectionNames,
    (collection) => collectionSummary({study, collection}),
    (result, collection) => ({
      ...{collection, title: collections[collection].title},
      ...result.value,
      source: [sourceOf(result)]
    })
  );

/** By how much pretrained runs and their twins differ, collection by collection. */
const pairs = (): Promise<ExternalArtifact["pairs"]> =>
  each(
    collectionNames.flatMap((collection) => twins(study).map((pair) => ({collection, ...pair}))),
    (pair) => externalComparison({study, ...pair}),
    (result, {collection, pretrained}) => ({
      ...{title: titleOf(pretrained), start: startOf(pretrained), collection},
      ...shorten(result.value),
      source: sourceOf(result)
    })
  );
