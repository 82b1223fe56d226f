import {html} from "htl";
import {estimate, ratio} from "./format.js";
import {lens, type LensOptions} from "../lens/lens.js";
import {behindMean, behindMeasure, type Mean} from "../lens/lens-means.js";
import {behindAccuracy, type Scored} from "../lens/lens-words.js";

/** What is said where no run of the study has a result. */
export const noResult =
  "No run of this study has a result yet: there is nothing to show here. The page on reproducing " +
  "says how to compute one.";

/** The overall scores of a run in words, with what stands behind each number behind a lens. */
export function summarizeRun(scored: Scored, options: LensOptions = {}): HTMLElement {
  const {run, resamples} = scored;
  const mean = (name: Mean) => lens(estimate(run[name]), behindMean(scored, name), options);
  const measure = (name: "kappa" | "mcc" | "logLoss" | "expectedCalibrationError", title: string) =>
    lens(estimate(run[name]), behindMeasure(`${title} of ${run.title}`, run[name], resamples), options);
  return html`<span
    >${run.title} classifies ${ratio(run.accuracy)} test images correctly: accuracy
    ${lens(estimate(run.accuracy), behindAccuracy(scored), options)}, balanced accuracy ${mean("balancedAccuracy")},
    macro F1 ${mean("macroF1")}. Agreement beyond chance is ${measure("kappa", "Kappa")} (Cohen’s kappa) and
    ${measure("mcc", "MCC")} (Matthews correlation). Its probabilities have a log loss of
    ${measure("logLoss", "Log loss")} and an expected calibration error of
    ${measure("expectedCalibrationError", "Calibration error")}.</span
  >`;
}
