import {createRequire} from "node:module";
import {nameOf} from "../lib/models/initialisation.js";
import {architecture} from "../lib/models/registry.js";
import {resolve} from "../lib/pipeline/index.js";
import {chosenPlan, optionOf} from "../lib/study/choose-dataset.js";
import {fit} from "../lib/study/fit.js";
import {divergenceOf} from "../lib/training/diverged.js";
import {filledIn} from "../lib/training/procedure.js";
import {inventory} from "../report/data/dataset.js";
import {history} from "../report/runs/training.js";
import {study} from "../study.js";
import {bestRun} from "../report/results/best-run.js";
import {radiographs} from "../report/data/radiographs.js";
import {sizes} from "../report/data/sizes.js";
import {attempt, startOf, titleOf} from "../report/shared/support.js";
import type {RunSummary, StudyArtifact} from "../report/study/artifact.js";

const {version} = createRequire(import.meta.url)("../../package.json") as {version: string};

/** What the study is, and which of its runs have results. */
export default async function (): Promise<StudyArtifact> {
  const {title, question, dataset} = study;
  const {value} = await resolve(inventory({study}));
  const {procedures, analyses, fitted} = fit(study, await sizes());
  const runs: RunSummary[] = [];
  for (const run of study.runs) {
    const result = await attempt(history({study, run}));
    const available = "value" in result;
    const diverged = available && divergenceOf(result.value.epochs, result.value.selected);
    const initialisation = nameOf(run.initialisation);
    runs.push({
      ...run,
      initialisation,
      network: architecture(run.model).title,
      start: startOf(run),
      title: titleOf(run),
      available,
      ...(available ? {} : {missing: result.missing}),
      ...(diverged && {diverged})
    });
  }
  return {
    title,
    question,
    version,
    dataset: {name: dataset.name, title: value.title},
    classes: value.classes,
    runs,
    bestRun: (await bestRun()) ?? study.runs[0].id,
    imagesPresent: (await radiographs()) !== undefined,
    option: optionOf(dataset.name === "folder" ? {...dataset, path: value.name} : dataset),
    firstLook: chosenPlan(dataset) === "first look",
    fitted,
    procedures: Object.entries(procedures).map(([id, procedure]) => ({
      id,
      ...procedure,
      phases: procedure.phases.map((phase) => filledIn(procedure, phase))
    })),
    analyses
  };
}
