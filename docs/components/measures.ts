import {html} from "htl";
import type {Estimate, RunResult} from "../../src/loaders/types.js";
import {interval, score} from "./format.js";
import type {Column} from "./table.js";

const measures = {
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

const cell = (estimate: Estimate) =>
  html`<span>${score(estimate.value)}<span class="remark">${interval(estimate)}</span></span>`;

/** What is measured beside accuracy and F1, one column each; every number above its interval. */
export const measureColumns: Column<RunResult>[] = [
  {label: "Run", header: true, value: ({title}) => title},
  ...names.map((name): Column<RunResult> => ({label: measures[name], align: "right", value: (run) => cell(run[name])})),
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
