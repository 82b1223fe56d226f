import type {Source} from "../shared/source.js";
import type {EstimateWith} from "../../lib/measures/interval.js";

/** docs/data/cams/[model].json: maps of the predicted class by the runs of one network, per test image. */
export interface CamArtifact {
  runs: {
    run: string;
    title: string;
    layer: string;
    row: number[];
    actual: number[];
    predicted: number[];
    confidence: number[];
    /** Grad-CAM of every test image first; other methods of a sample, where they have a result. */
    methods: CamMaps[];
    source: Source[];
  }[];
}

export interface CamMaps {
  /** "grad-cam", "grad-cam++", "hires-cam" or "layer-cam". */
  method: string;
  /** The images that have a map. */
  row: number[];
  /** Side of the square grid. */
  size: number;
  /** The largest value of each map before it was scaled to 0..255; 0 where the map is empty (no positive evidence). */
  peak: number[];
  /**
   * One string per image: the grid, row-major, as base64 of one byte per cell, 255 the map's own peak; "" where empty.
   */
  grid: string[];
}

/** Of a run's maps, of a uniform and of a centred map, and how much more the run's have than the uniform. */
export interface Judgement {
  map: EstimateWith<"n">;
  uniform: number;
  centre: number;
  gain: EstimateWith<"n">;
}

/** docs/data/explanations.json: what the tests of the maps found. */
export interface ExplanationsArtifact {
  /** Images, steps and parts of the tests that run on a sample. */
  sample: {images: number; steps: number; parts: number; seed: number};
  /**
   * The runs that have maps, and whether they lead: of those that see all images and differ in the seed only, the best
   * on validation.
   */
  runs: {run: string; title: string; model: string; network: string; start: string; leads: boolean}[];
  attention: {
    run: string;
    title: string;
    /**
     * By region, apart for images that the network has been trained on. Images with the region marked, and those of
     * them whose map is not empty (n).
     */
    table: {region: string; seen: boolean; images: number; energy: Judgement; hits: Judgement}[];
    /**
     * Maps that lie mostly outside the lungs, the furthest first: "test/12", by which measure, and the share of the
     * energy.
     */
    suspects: {key: string; label: number; predicted: number; measure: string; share: number}[];
    /** How many there are in all. */
    suspected: number;
    source: Source;
  }[];
  faithfulness: {
    run: string;
    title: string;
    tests: {
      kind: "deletion" | "insertion";
      orders: {order: "map" | "centre" | "random"; curve: number[]; area: EstimateWith<"n">}[];
      minusCentre: EstimateWith<"n">;
      minusRandom: EstimateWith<"n">;
    }[];
    source: Source;
  }[];
  sanity: {
    run: string;
    title: string;
    cascade: {share: number; layer: string; empty: number; spearman: EstimateWith<"n">; ssim: EstimateWith<"n">}[];
    source: Source;
  }[];
  /** Rank correlation of the maps of two of the runs. */
  agreement: {a: string; b: string; spearman: EstimateWith<"n">; source: Source}[];
}

/** docs/data/masks.json: the annotated test images, only where the annotations are; nothing where they are not. */
export interface MasksArtifact {
  /** Side of a mask, in pixels. */
  size: number;
  /** One bit a pixel, row-major, in base64. */
  images: {row: number; masks: {region: string; bits: string}[]}[];
}
