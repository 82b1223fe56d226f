import {html} from "htl";
import type {EnsemblesArtifact, Estimate, RunResult} from "../../src/loaders/types.js";
import {estimate, percent} from "./format.js";
import {type Metric, metrics, metricTitles} from "./headline.js";
import {dataTable} from "./table.js";

/** One row: the reader's weights, weights chosen by a rule, or a member alone. */
export interface EnsembleRow {
  kind: "yours" | "validation" | "on-test" | "member";
  title: string;
  weights?: readonly number[];
  scores: Record<Metric, Estimate>;
}

const scoresIn = ({accuracy, macroF1, weightedF1}: RunResult) => ({accuracy, macroF1, weightedF1});

/** The reader's weights beside those of each rule, and the members alone. */
export const ensembleRows = (
  {members, ways}: Pick<EnsemblesArtifact, "members" | "ways">,
  yours: Pick<EnsembleRow, "weights" | "scores">
): EnsembleRow[] => [
  {kind: "yours", title: "Your weights", ...yours},
  ...ways.map(({title, weights, onTest, result}): EnsembleRow => ({
    kind: onTest ? "on-test" : "validation",
    title,
    weights,
    scores: scoresIn(result)
  })),
  ...members.map(({title, result}): EnsembleRow => ({kind: "member", title, scores: scoresIn(result)}))
];

const name = ({kind, title}: EnsembleRow) =>
  kind === "on-test" ? html`<span>${title}<span class="remark">knows the answers: not a result</span></span>` : title;

/** Scores and weights of ensembles and their members; what was tuned on the test images says so. */
export const ensembleTable = (rows: readonly EnsembleRow[]): HTMLElement =>
  dataTable(
    [
      {label: "Ensemble or member", header: true, value: name},
      {label: "Weights", value: ({weights}) => weights?.map((weight) => percent(weight, 0)).join(", ") ?? "alone"},
      ...metrics.map((metric) => ({
        label: metricTitles[metric],
        align: "right" as const,
        value: ({scores}: EnsembleRow) => estimate(scores[metric])
      }))
    ],
    rows,
    {label: "Ensembles and their members"}
  );

/** The same as rows for the download. */
export const ensembleData = (rows: readonly EnsembleRow[]) =>
  rows.map(({kind, title, weights, scores}) => ({
    kind,
    title,
    weights: weights?.join(" "),
    ...Object.fromEntries(
      metrics.flatMap((metric) => [
        [metric, scores[metric].value],
        [`${metric}_low`, scores[metric].low],
        [`${metric}_high`, scores[metric].high]
      ])
    )
  }));
