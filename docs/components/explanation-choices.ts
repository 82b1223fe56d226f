import type {Measure} from "./attention-chart.js";
import type {Outcome} from "./cam-list.js";
import type {Similarity} from "./sanity-chart.js";

/** What a reader may choose on the page of explanations, by its label. */
export const measures = new Map<string, Measure>([
  ["Energy", "energy"],
  ["Hits", "hits"]
]);

export const measureTitles = {energy: "mean share of the energy", hits: "share of maps that hit"};

export const whetherTrained = new Map([
  ["not trained on", false],
  ["trained on", true]
]);

export const similarities = new Map<string, Similarity>([
  ["Spearman’s rank correlation", "spearman"],
  ["Structural similarity", "ssim"]
]);

export const outcomes = new Map<string, Outcome>([
  ["All", "all"],
  ["Right", "right"],
  ["Wrong", "wrong"]
]);
