import {median} from "d3";
import {type CollectionName, collectionNames, collections} from "../lib/dataset/external.js";
import {bestOf, type Validated} from "../lib/evaluation/best.js";
import type {evaluate} from "../lib/evaluation/evaluate.js";
import {wilson} from "../lib/measures/interval.js";
import {architecture} from "../lib/models/registry.js";
import {resolve} from "../lib/pipeline/index.js";
import type {Result} from "../lib/pipeline/types.js";
import type {Run} from "../lib/study/schema.js";
import {twins} from "../lib/study/twins.js";
import {inventory} from "../report/data/dataset.js";
import {ensembleEvaluation} from "../report/ensembles/ensemble.js";
import {evaluation} from "../report/results/evaluate.js";
import {externalOverlap} from "../report/external/predictions.js";
import {externalComparison, externalEvaluation} from "../report/external/evaluation.js";
import {study} from "../study.js";
import {membersWithResults} from "../report/ensembles/members.js";
import {shorten} from "../report/shared/rounding.js";
import {attempt, sourceOf, startOf, titleOf} from "../report/shared/support.js";
import type {ExternalArtifact, ExternalGroup, ExternalRun} from "../report/external/artifact.js";

/**
 * What every run makes of the study's own test images and of those from elsewhere, which only a study of radiographs
 * can tell.
 */
export default async function (): Promise<ExternalArtifact> {
  const {classes} = (await resolve(inventory({study}))).value;
  const artifact: ExternalArtifact = {classes, collections: [], runs: [], pairs: [], missing: []};
  if (study.dataset.name !== "covidx") return artifact;
  const found: Found[] = [];
  const members = (await membersWithResults()).map(({run}) => run);
  for (const runs of [...study.runs.map((run) => [run]), ...(members.length > 1 ? [members] : [])]) {
    const result = await externalRun(runs, classes);
    if ("missing" in result) artifact.missing.push(result);
    else found.push(result);
  }
  const best = bestOf(found.filter(({run}) => !run.ensemble));
  artifact.runs = found.map((one) => ({...one.run, leads: one === best}));
  for (const collection of collectionNames) {
    artifact.collections.push(...(await describe(collection)));
    artifact.pairs.push(...(await pairs(collection)));
  }
  return artifact;
}

interface Found extends Validated {
  run: Omit<ExternalRun, "leads">;
}

/** A run, or several whose probabilities are averaged. */
async function externalRun(runs: Run[], classes: string[]): Promise<Found | {title: string; missing: string}> {
  const ensemble = runs.length > 1;
  const title = ensemble ? `Equal weights: ${runs.map(titleOf).join("; ")}` : titleOf(runs[0]);
  const home = await attempt(
    ensemble ? ensembleEvaluation({study, members: runs, way: "average"}) : evaluation({study, run: runs[0]})
  );
  if ("missing" in home) return {title, ...home};
  const {rocAuc} = home.value.perClass[classes.indexOf("normal")];
  const found: Found["run"] = {
    run: ensemble ? "ensemble" : runs[0].id,
    title,
    ensemble,
    ...(ensemble ? {} : {network: architecture(runs[0].model).title, start: startOf(runs[0])}),
    groups: groupsAtHome(home.value, classes),
    areas: [{collection: "home", area: rocAuc && shorten(rocAuc)}],
    source: [sourceOf(home)]
  };
  for (const collection of collectionNames) {
    const result = await attempt(externalEvaluation({study, collection, runs}));
    if ("missing" in result) return {title, ...result};
    const {groups, area} = result.value;
    found.groups.push(
      ...groups.map((group) => ({collection, ...group, takenFor: group.takenFor.map((share) => shorten(share))}))
    );
    found.areas.push({collection, area: area && shorten(area)});
    found.source.push(sourceOf(result));
  }
  return {run: found, validation: home.value.validation};
}

const groupsAtHome = ({confusion}: ReturnType<typeof evaluate>, classes: string[]): ExternalGroup[] =>
  confusion.map((row, k) => {
    const images = row.reduce((a, b) => a + b);
    return {
      ...{collection: "home", label: classes[k], images, patients: null},
      takenFor: row.map((count) => shorten(wilson(count, images)))
    };
  });

async function describe(collection: CollectionName): Promise<ExternalArtifact["collections"]> {
  const [images, overlap] = [
    await attempt(inventory({study: {dataset: {name: collection}}})),
    await attempt(externalOverlap({study, collection}))
  ];
  if ("missing" in images || "missing" in overlap) return [];
  const {present, width, height, patients} = images.value.splits.test;
  const among = (name: string) => overlap.value.filter((found) => found.among === name).length;
  return [
    {
      ...{collection, title: collections[collection].title, images: present},
      width: median(width)!,
      height: median(height)!,
      patients: new Set(patients).size,
      left: {train: among("train"), test: among("test"), own: among("own")},
      source: [images as Result<unknown>, overlap].map(sourceOf)
    }
  ];
}

async function pairs(collection: CollectionName): Promise<ExternalArtifact["pairs"]> {
  const found: ExternalArtifact["pairs"] = [];
  for (const pair of twins(study)) {
    const result = await attempt(externalComparison({study, collection, ...pair}));
    if ("missing" in result) continue;
    const {groups, area} = result.value;
    found.push({
      ...{title: titleOf(pair.pretrained), start: startOf(pair.pretrained), collection},
      ...{area: area && shorten(area), source: sourceOf(result)},
      groups: groups.map(({label, difference}) => ({label, difference: shorten(difference)}))
    });
  }
  return found;
}
