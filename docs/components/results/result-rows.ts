import {from, not} from "arquero";
import type {Estimate} from "../../../src/lib/measures/interval.js";
import type {ResultsArtifact, RunResult} from "../../../src/report/results/artifact.js";
import type {StudyArtifact} from "../../../src/report/study/artifact.js";
import {metricTitles} from "../claims/headline.js";
import {measures} from "./measures.js";

/** A number of a classifier: a score over all classes, or of one. */
export interface ResultRow {
  title: string;
  network: string;
  start: string;
  fraction: number | null;
  procedure: string;
  seed: number | null;
  class: string;
  score: string;
  value: number;
  low: number;
  high: number;
}

/** What is said of a score over all classes in place of one of them. */
export const allClasses = "all";

const overall = {...metricTitles, ...measures} as Record<string, string>;
const ofClass = {
  recall: "Recall",
  precision: "Precision",
  f1: "F1",
  rocAuc: "ROC area",
  averagePrecision: "Average precision"
};

const numbered = (name: string, score: string, {value, low, high}: Estimate) => ({
  ...{class: name, score, value, low, high}
});

/** The scores of a classifier, one row each. */
const scoresOf = (result: RunResult) => [
  ...Object.entries(overall).map(([key, title]) => numbered(allClasses, title, result[key as "macroF1"])),
  ...result.perClass.flatMap((one) =>
    (Object.keys(ofClass) as (keyof typeof ofClass)[]).flatMap((key) => {
      const estimate = one[key];
      return estimate ? [numbered(one.class, ofClass[key], estimate)] : [];
    })
  )
];

/** Every score of every classifier, joined with what the study says of its run; of any other a title is known. */
export function resultRows({runs, ensembles, probe, baselines}: ResultsArtifact, study: StudyArtifact): ResultRow[] {
  const results = [...runs, ...ensembles, ...probe, ...baselines];
  const titles = new Map(study.procedures.map(({id, title}) => [id, title]));
  const described = [
    ...study.runs.map(({id: run, title, network, start, fraction, seed, procedure}) => ({
      ...{run, title, network, start, fraction, seed},
      procedure: titles.get(procedure) ?? procedure
    })),
    ...results
      .filter(({run}) => !study.runs.some(({id}) => id === run))
      .map(({run, title}) => ({
        ...{run, title, network: title, start: "none"},
        fraction: null,
        seed: null,
        procedure: "none"
      }))
  ];
  const scored = results.flatMap((result) => scoresOf(result).map((row) => ({run: result.run, ...row})));
  if (scored.length === 0) return [];
  return from(described).join(from(scored), "run").select(not("run")).objects() as ResultRow[];
}
