import type {Estimate} from "measures";
import type {CitedResult, ResultsArtifact, RunResult, StudyResult} from "../../../src/report/results/artifact.js";
import type {Row} from "../shared/csv.js";

export type Kind = "trained" | "ensemble" | "probe" | "baseline" | "cited";
export type Metric = "accuracy" | "macroF1" | "weightedF1";

/** One line of the headline: a classifier that was scored in this report, or a figure that others published. */
export interface Line {
  kind: Kind;
  title: string;
  /** The page of its network. */
  href?: string;
  source?: string;
  images: number;
  note?: string;
  scores: Record<Metric, Estimate>;
  /** What was scored here, for the counts behind its scores. */
  result?: RunResult;
}

/** In the order in which they are shown. */
export const kindTitles: Record<Kind, string> = {
  trained: "Trained and evaluated in this report",
  ensemble: "Ensembles of these",
  probe: "Linear probe on frozen ImageNet features",
  baseline: "Without any network",
  cited: "Published elsewhere: cited, not re-run here"
};

export const metricTitles: Record<Metric, string> = {
  accuracy: "Accuracy",
  macroF1: "Macro F1",
  weightedF1: "Weighted F1"
};

export const metrics: Metric[] = ["accuracy", "macroF1", "weightedF1"];

const single = (value: number): Estimate => ({value, low: NaN, high: NaN});

const foreign = ({title, source, note, images, split, accuracy, macroF1, weightedF1}: CitedResult): Line => ({
  kind: "cited",
  title,
  source,
  note: split === "test" ? note : `${split} images. ${note}`,
  images,
  scores: {accuracy: single(accuracy), macroF1: single(macroF1), weightedF1: single(weightedF1)}
});

/** Scored here, best macro F1 on top. */
const own = (kind: Kind, results: readonly (RunResult & Partial<StudyResult>)[]): Line[] =>
  results
    .map((result) => ({
      kind,
      title: result.title,
      ...(result.page && {href: `./network-${result.page}.html`}),
      images: result.images,
      scores: {accuracy: result.accuracy, macroF1: result.macroF1, weightedF1: result.weightedF1},
      result
    }))
    .sort((a, b) => b.scores.macroF1.value - a.scores.macroF1.value);

/**
 * Every score of the report in one list, kind by kind; of runs that differ in the seed only the one that leads on
 * validation, if so asked.
 */
export function headlineLines(
  {runs, ensembles, probe, baselines, cited}: ResultsArtifact,
  {leadersOnly = false} = {}
): Line[] {
  const shown = leadersOnly ? runs.filter(({leads}) => leads) : runs;
  return [
    ...own("trained", shown),
    ...own("ensemble", ensembles),
    ...own("probe", probe),
    ...own("baseline", baselines),
    ...cited.map(foreign)
  ];
}

/** The headline as rows for the download. */
export const headlineRows = (lines: Line[]): Row[] =>
  lines.map(({kind, title, images, scores}) => ({
    kind,
    title,
    images,
    ...Object.fromEntries(
      metrics.flatMap((m) => [
        [m, scores[m].value],
        [`${m}_low`, scores[m].low],
        [`${m}_high`, scores[m].high]
      ])
    )
  }));
