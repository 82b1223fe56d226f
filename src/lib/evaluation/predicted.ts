import type {Rows} from "../dataset/rows.js";

/** Class probabilities of some images, row-major [n, classes], and what the images are. */
export interface Predictions {
  rows: Rows;
  labels: Int32Array;
  classes: readonly string[];
  probabilities: Float32Array;
}

/** A measure with the ends of its 95% interval; of a share also what it is a share of. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
  k?: number;
  n?: number;
}
