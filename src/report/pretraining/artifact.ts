import type {Estimate, EstimateWith} from "../../lib/measures/interval.js";
import type {Spread} from "../../lib/measures/spread.js";
import type {Source} from "../shared/source.js";

/** Twins that differ in the start alone, seed by seed: by how much the first ends better than the second. */
export interface StartPair {
  model: string;
  /** Title of the network, with the procedure's budget where its runs have several. */
  network: string;
  start: string;
  /** What the second starts from, in words. */
  less: string;
  fraction: number;
  /** The paired bootstrap over test images. */
  seeds: {seed: number; pretrained: string; scratch: string; sameProcedure: boolean; difference: EstimateWith<"p">}[];
  /** Another uncertainty, of the differences over seeds. */
  spread: Spread;
  source: Source[];
}

/**
 * A difference between twins in one measure: by the paired bootstrap over test images for each seed, and over the
 * seeds.
 */
export interface Gain {
  seeds: {seed: number; difference: EstimateWith<"p">}[];
  spread: Spread;
}

/** Twins on all images, from ImageNet and from random weights: the difference in each class. */
export interface ClassGains extends Pick<StartPair, "model" | "network" | "start" | "less" | "fraction"> {
  /**
   * The class with the fewest test images, null where several have as few; its share of each seed's gain in macro F1,
   * null where a share says nothing.
   */
  rarest: string | null;
  shares: (number | null)[];
  /** In the mean F1 of the other classes. */
  others: Gain;
  classes: {class: string; images: number; recall: Gain; f1: Gain}[];
  source: Source[];
}

export interface EpochScore {
  epoch: number;
  /** Side of the images of that epoch, in pixels. */
  size: number;
  weightedF1: number;
}

/** docs/data/pretraining.json */
export interface PretrainingArtifact {
  /** Scores on validation of which it is told when each run first had them. */
  levels: number[];
  runs: {
    run: string;
    title: string;
    model: string;
    /** Title of the network, with the procedure's budget where its runs have several; and what its body starts from. */
    network: string;
    start: string;
    seed: number;
    fraction: number;
    /** Macro F1 on validation after each epoch, and how many batches an epoch has. */
    validation: number[];
    batches: number;
    /**
     * The epoch whose weights were kept, and the one with the highest weighted F1 on validation, at the size of its
     * images.
     */
    kept: EpochScore;
    best: EpochScore;
    /** One for each level: epochs until it was reached; all of the run's epochs where it was not. */
    reached: {epochs: number; reached: boolean}[];
    macroF1: Estimate;
    source: Source;
  }[];
  /** Of each network, start and share of the images: how much better than from random weights, seed by seed. */
  pairs: StartPair[];
  /** The same of ImageNet against random weights of its scale. */
  scale: StartPair[];
  /** In which classes ImageNet helps. */
  byClass: ClassGains[];
}

/** How alike two networks see the test images at one layer. */
export interface LayerSimilarity {
  layer: string;
  /** Layers with a kernel up to here, as a share of the body's. */
  depth: number;
  /** Linear CKA, Kornblith et al. 2019: 1 the same, 0 nothing in common. */
  cka: number;
}

/** By depth, and means over the third of the depth next to the images and next to the head. */
interface Similarities {
  network: string;
  fraction: number;
  layers: LayerSimilarity[];
  lowest: number;
  highest: number;
  source: Source;
}

/** docs/data/feature-change.json */
export interface FeatureChangeArtifact {
  /** Of every run, its features before the first step with its last ones. */
  runs: (Similarities & {run: string; title: string; start: string; seed: number})[];
  /** Of two runs that differ in the seed alone, or in the start and what belongs to it, the last features. */
  pairs: (Similarities & {a: string; b: string; starts: [string, string]; seeds: [number, number]})[];
}
