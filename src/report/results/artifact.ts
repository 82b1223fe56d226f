import type {Overall} from "../../lib/evaluation/resampled.js";
import type {Estimate, EstimateWith} from "../../lib/measures/interval.js";
import type {Source} from "../shared/source.js";

/**
 * Scores of one classifier of the test images. Each number has a 95% interval, by the bootstrap unless it says more.
 */
export interface RunResult extends Overall {
  run: string;
  title: string;
  /** Test images. */
  images: number;
  /** Wilson's interval. */
  accuracy: Estimate;
  /** The temperature that was fitted to the validation images and what it makes of the test images' probabilities. */
  calibrated: {temperature: number; logLoss: number; brier: number; expectedCalibrationError: number} | null;
  /** Of the validation images. */
  validation: {accuracy: number; macroF1: number; weightedF1: number} | null;
  /** Recall and precision with Clopper-Pearson intervals, the others by bootstrap. */
  perClass: {
    class: string;
    support: number;
    recall: Estimate;
    precision: Estimate;
    f1: Estimate;
    rocAuc: Estimate | null;
    averagePrecision: Estimate | null;
  }[];
  source: Source;
}

/** A run of the study, and where it stands among the runs that differ from it in the seed alone. */
export interface StudyResult extends RunResult {
  model: string;
  /** What its body starts from: "ImageNet", "random"... */
  start: string;
  /** Of the pages of its network: docs/network-[network].md. */
  page: string;
  /** Whether it is the best of them on validation; all runs of one seed are. */
  leads: boolean;
  /** Whether it is the best on validation of all runs of its network. */
  leadsNetwork: boolean;
  /** Share of the training images. */
  fraction: number;
}

export interface Comparison {
  a: {run: string; title: string};
  b: {run: string; title: string};
  accuracy: EstimateWith<"p">;
  macroF1: EstimateWith<"p">;
  weightedF1: EstimateWith<"p">;
  /** Images that only one of the two gets right, and the exact test of McNemar on them. */
  mcnemar: {onlyA: number; onlyB: number; p: number};
  /** The rows of these images. */
  apart: {onlyA: number[]; onlyB: number[]};
  /**
   * P-values of the bootstrap of the macro F1, and McNemar's, corrected for all comparisons between published results
   * (Holm).
   */
  holm: {macroF1: number; mcnemar: number};
  source: Source;
}

/** docs/data/results.json */
export interface ResultsArtifact {
  runs: StudyResult[];
  /** Runs of the study without a result: what they need, and the command that computes them. */
  planned: {run: string; title: string; needs: string; command: string}[];
  /** Logistic regression on the frozen ImageNet features: what fine-tuning has to beat. */
  probe: RunResult[];
  /** What can be had without a network. */
  baselines: RunResult[];
  ensembles: RunResult[];
  /**
   * The run that is best on validation against everything else; each network's and start's best run stands for its
   * seeds.
   */
  comparisons: Comparison[];
  /** Figures published elsewhere on the same dataset, for comparison: a different kind of number. */
  cited: CitedResult[];
}

export interface CitedResult {
  id: string;
  title: string;
  source: string;
  note: string;
  /** What it was scored on: "test", or the "validation" images of its own study. */
  split: string;
  images: number;
  accuracy: number;
  macroF1: number;
  weightedF1: number;
}

/** What a classifier says of every test image, and what is drawn from that. */
export interface RunDetail extends RunResult {
  /** Rows are the truth, columns the prediction; `rows` are the images behind the cell. */
  confusion: {actual: string; predicted: string; count: number; share: number; rows: number[]}[];
  /** By columns, one entry per test image. Labels are indices into the study's classes. */
  predictions: {row: number[]; actual: number[]; predicted: number[]; probabilities: number[][]};
  /**
   * One per class, of that class against the rest: the corners of the ROC, and the steps of the precision-recall curve
   * from recall 0 on.
   */
  curves: {falsePositiveRate: number[]; truePositiveRate: number[]; recall: number[]; precision: number[]}[];
  /**
   * Mean confidence and accuracy of the images in each bin of confidence that has any; before and after temperature
   * scaling.
   */
  reliability: {raw: ReliabilityPoint[]; calibrated: ReliabilityPoint[] | null};
}

export interface ReliabilityPoint {
  count: number;
  confidence: number;
  accuracy: number;
}

/** docs/data/network/[network].json: the runs of one network, and the probe on it. */
export interface NetworkResultsArtifact {
  model: string;
  title: string;
  /** All that have a result, the probe among them. */
  runs: {run: string; title: string}[];
  /** The one that is shown first: of the runs the best on validation. */
  first: RunDetail | null;
}

/** docs/data/network-rest/[network].json: the other runs, which are loaded when one of them is chosen. */
export interface NetworkRestArtifact {
  runs: RunDetail[];
}
