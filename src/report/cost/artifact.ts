import type {Estimate} from "../../lib/measures/interval.js";
import type {Cost} from "../networks/artifact.js";
import type {Source} from "../shared/source.js";

/** docs/data/cost.json */
export interface CostArtifact {
  /** Networks of the study. */
  networks: {
    model: string;
    title: string;
    /** With the head of the study's classes, at 224 pixels. */
    cost: Cost;
    /** Bytes of the weights in float32, with the moving statistics. */
    bytes: number;
    /** How long one image takes, on every backend that has been measured, the fastest first. */
    times: {
      backend: string;
      device?: string;
      /** Side of the images that were predicted, in pixels. */
      size: number;
      /** Milliseconds for one image, by batch size. */
      measured: {batch: number; median: number; lower: number; upper: number}[];
    }[];
    source: Source[];
  }[];
  /** Every trained run: what it took and what it reached. */
  runs: {
    run: string;
    title: string;
    model: string;
    start: string;
    /** Share of the training images. */
    fraction: number;
    leads: boolean;
    epochs: number;
    seconds: number;
    /** Images that went forward and backward through the network. */
    imagePasses: number;
    macroF1: Estimate;
    weightedF1: Estimate;
    accuracy: Estimate;
    balancedAccuracy: Estimate;
    source: Source;
  }[];
}
