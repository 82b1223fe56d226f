import {html} from "htl";
import type {RunResult} from "../../../src/report/results/artifact.js";
import {interval, score} from "../shared/format.js";
import {lens} from "../lens/lens.js";
import {behindMean, behindMeasure, isMean} from "../lens/lens-means.js";
import type {Column} from "../shared/table.js";

export const measures = {
  balancedAccuracy: "Balanced accuracy",
  macroRecall: "Macro recall",
  macroPrecision: "Macro precision",
  weightedPrecision: "Weighted precision",
  kappa: "Kappa",
  mcc: "MCC",
  logLoss: "Log loss",
  brier: "Brier",
  expectedCalibrationError: "Calibration error"
} as const;
const names = Object.keys(measures) as (keyof typeof measures)[];

const cell = (run: RunResult, name: keyof typeof measures, resamples: number) => {
  const behind = isMean(name)
    ? behindMean({run, resamples}, name)
    : behindMeasure(`${measures[name]} of ${run.title}`, run[name], resamples);
  return html`<span>${lens(score(run[name].value), behind)}<span class="remark">${interval(run[name])}</span></span>`;
};

/** What is measured beside accuracy and F1, one column each; every number above its interval. */
export const measureColumns = (resamples: number): Column<RunResult>[] => [
  {label: "Run", header: true, value: ({title}) => title},
  ...names.map((name): Column<RunResult> => ({
    label: measures[name],
    align: "right",
    value: (run) => cell(run, name, resamples)
  })),
  {
    label: "Temperature",
    align: "right",
    value: ({calibrated}) =>
      calibrated
        ? html`<span
            >${score(calibrated.temperature)}<span class="remark"
              >error ${score(calibrated.expectedCalibrationError)}</span
            ></span
          >`
        : "–"
  }
];

/** The measures as rows for the download. */
export const measureRows = (runs: readonly RunResult[]) =>
  runs.map((run) => ({
    run: run.run,
    title: run.title,
    ...Object.fromEntries(
      names.flatMap((name) => [
        [name, run[name].value],
        [`${name}_low`, run[name].low],
        [`${name}_high`, run[name].high]
      ])
    ),
    ...Object.fromEntries(Object.entries(run.calibrated ?? {}).map(([name, value]) => [`calibrated_${name}`, value]))
  }));
