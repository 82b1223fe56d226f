import type {RunResult} from "../../src/loaders/types.js";
import {estimate, ratio} from "./format.js";

/** What is said where no run of the study has a result. */
export const noResult =
  "No run of this study has a result yet: there is nothing to show here. The page on reproducing says how to compute one.";

/** The overall scores of a run in words. */
export const summarizeRun = (run: RunResult): string =>
  `${run.title} classifies ${ratio(run.accuracy)} test images correctly: accuracy ${estimate(run.accuracy)}, balanced accuracy ${estimate(run.balancedAccuracy)}, macro F1 ${estimate(run.macroF1)}. ` +
  `Agreement beyond chance is ${estimate(run.kappa)} (Cohen’s kappa) and ${estimate(run.mcc)} (Matthews correlation). ` +
  `Its probabilities have a log loss of ${estimate(run.logLoss)} and an expected calibration error of ${estimate(run.expectedCalibrationError)}.`;
