import type {Source} from "../shared/source.js";

/** A map of the test images: places as whole numbers from -999 to 999, and how far the picture can be trusted. */
export interface PlaneMap {
  x: number[];
  y: number[];
  /** Venna & Kaski 2001. */
  trustworthiness: number;
  continuity: number;
  /** Share of the nearest neighbours that are of the same class. */
  purity: number;
  /** What aligning it to the first map leaves, from 0 (the same shape) to 1. */
  disparity: number;
}

/**
 * docs/runs/map/[run].json: t-SNE of a run's pooled features of the test images, as `map`: null where it has no result.
 */
export interface MapArtifact {
  run: string;
  title: string;
  /** The first one's map is shown first. */
  perplexities: number[];
  /** Of the starts: null stands for principal components, which need none. */
  seeds: (number | null)[];
  /** Neighbours that every measure counts. */
  neighbourCount: number;
  /** One entry per point, here and below. */
  row: number[];
  actual: number[];
  predicted: number[];
  probabilities: number[][];
  /** How a source numbered its patients in the files' names, as an index into `numberings`; -1 where it did not. */
  numbering: number[];
  numberings: string[];
  /** One per perplexity and seed. */
  maps: (PlaneMap & {perplexity: number; seed: number | null; kl: number})[];
  pca: PlaneMap;
  /** Class purity in the features. */
  purity: number;
  /** Percentages of neighbours that the maps of two starts share: one list per perplexity. */
  stability: number[][];
  /** The nearest points in the features, nearest first, as places in these lists. */
  neighbours: number[][];
  source: Source;
}

/** docs/runs/film/[run].json: how a run's first map came about, as `film`: null where it has no result. */
export interface FilmArtifact {
  run: string;
  perplexity: number;
  /** Iterations from one frame to the next. */
  every: number;
  /** Base64 of a byte per coordinate, point by point: 128 is the centre, 1 and 255 are the frame's own edges. */
  frames: string[];
  source: Source;
}
