import {tsne} from "../explain/tsne.js";
import {readTsneReference} from "../explain/tsne-reference.js";
import type {Checker} from "./checker.js";

const perplexity = 50;

/** How good the map of a real matrix is: its divergence, against the best that other programs reach. */
export const tsneDivergence: Checker = {
  kind: "t-SNE divergences",
  recognises: (content) =>
    "features" in content && "runs" in content && JSON.stringify(content.runs)?.includes("kl_exact"),
  check: async (path) => {
    const {features, rows, runs} = readTsneReference(path);
    const best = Math.min(...runs.map((run) => run.kl_exact));
    const {kl} = tsne(features, {rows, perplexity});
    const detail = `divergence ${kl.toFixed(4)}; the best of the others is ${best.toFixed(4)}`;
    // A lower divergence is a better map, and no error.
    return {what: `t-SNE at perplexity ${perplexity}`, error: Math.max(0, kl / best - 1), tolerance: 0.01, detail};
  }
};
