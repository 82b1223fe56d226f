import type {Estimate, ResultsArtifact} from "../../src/loaders/types.js";
import type {Row} from "./csv.js";

export type Kind = "trained" | "probe" | "cited";
export type Metric = "accuracy" | "macroF1" | "weightedF1";

/** One line of the headline: a run of this study, a linear probe, or a figure that others published. */
export interface Line {
  kind: Kind;
  title: string;
  source?: string;
  images: number;
  note?: string;
  scores: Record<Metric, Estimate>;
}

export const kindTitles: Record<Kind, string> = {
  cited: "Published elsewhere: cited, not re-run here",
  probe: "Linear probe on frozen ImageNet features",
  trained: "Trained and evaluated in this report"
};

export const metricTitles: Record<Metric, string> = {
  accuracy: "Accuracy",
  macroF1: "Macro F1",
  weightedF1: "Weighted F1"
};

export const metrics: Metric[] = ["accuracy", "macroF1", "weightedF1"];

const single = (value: number): Estimate => ({value, low: NaN, high: NaN});

/** Every score of the report in one list: own runs first, best macro F1 on top, then probes, then what others published. */
export function headlineLines({runs, probe, cited}: ResultsArtifact): Line[] {
  const own = (kind: Kind, results: typeof runs): Line[] =>
    results
      .map(({title, accuracy, macroF1, weightedF1, predictions}) => ({
        kind,
        title,
        images: predictions.row.length,
        scores: {accuracy, macroF1, weightedF1}
      }))
      .sort((a, b) => b.scores.macroF1.value - a.scores.macroF1.value);
  const foreign = cited.map(({title, source, note, images, accuracy, macroF1, weightedF1}) => ({
    kind: "cited" as const,
    title,
    source,
    note,
    images,
    scores: {accuracy: single(accuracy), macroF1: single(macroF1), weightedF1: single(weightedF1)}
  }));
  return [...own("trained", runs), ...own("probe", probe), ...foreign];
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
