import {html} from "htl";
import type {EnsemblesArtifact} from "../../../src/report/ensembles/artifact.js";
import {type Judged, ownResamples} from "./images.js";
import {percent} from "../shared/format.js";
import {metrics, metricTitles} from "../claims/headline.js";
import type {LensOptions} from "../lens/lens.js";
import {behindScore} from "../lens/lens-means.js";
import {scoreCell} from "../shared/score-cell.js";
import {dataTable} from "../shared/table.js";

/** One row: the reader's weights, weights chosen by a rule, or a member alone. */
export interface EnsembleRow {
  kind: "yours" | "validation" | "on-test" | "member";
  weights?: readonly number[];
  run: Judged;
}

/** The reader's weights beside those of each rule, and the members alone. */
export const ensembleRows = (
  {members, ways}: Pick<EnsemblesArtifact, "members" | "ways">,
  yours: Pick<EnsembleRow, "weights" | "run">
): EnsembleRow[] => [
  {kind: "yours", ...yours},
  ...ways.map(({weights, onTest, result}): EnsembleRow => ({
    kind: onTest ? "on-test" : "validation",
    weights,
    run: result
  })),
  ...members.map(({result}): EnsembleRow => ({kind: "member", run: result}))
];

const name = ({kind, run: {title}}: EnsembleRow) =>
  kind === "on-test" ? html`<span>${title}<span class="remark">knows the answers: not a result</span></span>` : title;

/**
 * Scores and weights of ensembles and their members, with what stands behind each; what was tuned on the test images
 * says so. `resamples` are those of the bootstrap of all but the reader's own.
 */
export const ensembleTable = (
  rows: readonly EnsembleRow[],
  {resamples, ...options}: LensOptions & {resamples: number}
): HTMLElement =>
  dataTable(
    [
      {label: "Ensemble or member", header: true, value: name},
      {label: "Weights", value: ({weights}) => weights?.map((weight) => percent(weight, 0)).join(", ") ?? "alone"},
      ...metrics.map((metric) => ({
        label: metricTitles[metric],
        align: "right" as const,
        value: ({kind, run}: EnsembleRow) =>
          scoreCell(
            run[metric],
            behindScore({run, resamples: kind === "yours" ? ownResamples : resamples}, metric),
            options
          )
      }))
    ],
    rows,
    {label: "Ensembles and their members"}
  );

/** The same as rows for the download. */
export const ensembleData = (rows: readonly EnsembleRow[]) =>
  rows.map(({kind, weights, run}) => ({
    kind,
    title: run.title,
    weights: weights?.join(" "),
    ...Object.fromEntries(
      metrics.flatMap((metric) => [
        [metric, run[metric].value],
        [`${metric}_low`, run[metric].low],
        [`${metric}_high`, run[metric].high]
      ])
    )
  }));
