import type {Source} from "../shared/source.js";
import type {ImagesArtifact} from "../data/artifact.js";

/** Epochs in a row that train the same layers on images of one size. */
export interface TrainingPhase {
  phase: string;
  /** Side of the images, in pixels. */
  size: number;
  firstEpoch: number;
  lastEpoch: number;
  /** Counted from 0 over all phases. */
  firstStep: number;
  steps: number;
  /** The highest learning rate of its steps. */
  peakRate: number;
  /** The epoch of the best weighted F1 on validation, with that and its loss. */
  bestEpoch: number;
  weightedF1: number;
  validationLoss: number;
  imagesPerSecond: number;
  seconds: number;
}

/** A search for a learning rate before a phase, by columns: one entry a step. */
export interface FinderArtifact {
  phase: string;
  rates: number[];
  losses: number[];
  smoothed: number[];
  /** Where the smoothed loss falls fastest. */
  suggestion: number | null;
}

/** The training of a run. What is optional is absent from results that are older than its recording. */
export interface RunHistory {
  run: string;
  title: string;
  procedure: string;
  epochs: {
    epoch: number;
    phase: string;
    /** Side of the images, in pixels. */
    size: number;
    trainLoss: number;
    validationLoss: number;
    validationAccuracy: number;
    validationMacroF1: number;
    validationWeightedF1: number;
    /** Scores on validation, in the order of the study's classes; null where a class was never predicted. */
    perClass?: {precision: number | null; recall: number; f1: number | null}[];
    imagesPerSecond: number;
    /** Share of the time that steps waited for images. */
    waiting?: number;
    seconds: number;
    /** The largest resident memory so far, in bytes. */
    peakMemory?: number;
    /** The epoch whose weights were kept. */
    selected: boolean;
  }[];
  phases: TrainingPhase[];
  /** By columns: averages of neighbouring steps where there are more than a chart can show. */
  steps: {step: number[]; rate: number[]; momentum?: number[]; loss?: number[]; gradientNorm?: number[]};
  finders?: FinderArtifact[];
  parameters: number;
  source: Source;
}

/** docs/data/history.json */
export interface HistoryArtifact {
  /** All that have been trained. */
  runs: {run: string; title: string}[];
  /** The one that is shown first: the best on validation. */
  first: RunHistory | null;
}

/** docs/data/history-rest.json: the other runs, which are loaded when one of them is chosen. */
export interface HistoryRestArtifact {
  runs: RunHistory[];
}

/**
 * docs/data/augmentations.json: what training makes of its images. They are cells of docs/data/augmentations.jpg, named
 * by number: first the originals, then the copies, then the mixes.
 */
export interface AugmentationsArtifact {
  /** Title of the procedure whose settings are shown. */
  procedure: string;
  /** Title of the dataset, and whether its images are drawn because no radiographs were present at build. */
  dataset: string;
  synthetic: boolean;
  /** How to cut the sheet; its rows are the numbers of the cells. */
  sheet: ImagesArtifact;
  /** One training image of each class; `row` is its row number in the training list. */
  originals: {cell: number; class: string; row: number}[];
  /** Augmented copies of the first original: what was drawn for each. */
  copies: {
    cell: number;
    mirrored: boolean;
    /** Anticlockwise. */
    degrees: number;
    zoom: number;
    /** By how much each side is made longer, as a share of it: right, left, bottom, top. */
    warp: number[];
    /** What the middle grey becomes; 0.5 is no change. */
    brightness: number;
    /** Factor of the grey levels' logits. */
    contrast: number;
    /** Square holes. */
    holes: number;
  }[];
  /** Alpha of mixup's Beta distribution, 0 for none. */
  alpha: number;
  /** Mixed originals, the most even first: `share` is the own image's, the rest the partner's. */
  mixes: {cell: number; own: number; partner: number; share: number}[];
}
