import type {Rows} from "../dataset/rows.js";

/** Class probabilities of some images, row-major [n, classes], and what the images are. */
export interface Predictions {
  rows: Rows;
  labels: Int32Array;
  classes: readonly string[];
  probabilities: Float32Array;
}
