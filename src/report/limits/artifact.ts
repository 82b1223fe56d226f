import type {Estimate} from "../../lib/measures/interval.js";
import type {Source} from "../shared/source.js";

/** A share of some images that a run gets right, on validation and on test; null where there are none of them. */
export interface Shift {
  validation: Estimate | null;
  test: Estimate | null;
}

/** docs/data/limits.json: what the results say of their own limits. */
export interface LimitsArtifact {
  /** Epochs of all runs, after each of which the validation images were scored. */
  epochs: number;
  /** Of the run that is best on validation: recall with exact intervals. Null where no run has a result. */
  best: {
    run: string;
    title: string;
    byClass: (Shift & {class: string})[];
    /** The same by the series in which a source numbered its images. */
    bySeries: (Shift & {class: string; series: string; train: number})[];
    source: Source;
  } | null;
  /**
   * Test images that none of the runs on all training images gets right, of the class whose recall falls most on test.
   */
  missed: {class: string; runs: number; of: number; rows: number[]; sources: Source[]} | null;
  /**
   * Predictions with changed copies whose rule is an earlier one, of those that there are; only of stages that have
   * such.
   */
  earlier: {stage: string; results: number; of: number}[];
}
