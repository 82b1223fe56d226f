import type {Way} from "./ensemble.js";

/** What readers call the ways in which the weights of an ensemble come about. */
export const wayTitles: Record<Way, string> = {
  average: "Ensemble, equal weights",
  tuned: "Ensemble, weights tuned on validation",
  greedy: "Ensemble, selected greedily on validation",
  "on-test": "Ensemble, weights tuned on the test images"
};
