import {existsSync} from "node:fs";
import {architecture} from "./lib/models/registry.js";
import {weightPath} from "./lib/models/weights/locate.js";
import type {Plan} from "./lib/study/schema.js";

const model = "mobilenetv2_0.35";

const common = {
  size: 96,
  batchSize: 16,
  weightDecay: 1e-2,
  dropout: 0.5,
  mixup: 0.4,
  augmentation: {flip: true, rotate: 10, zoom: 1.1, lighting: 0.2}
};

const run = (initialisation: "random" | "imagenet", procedure: string): Plan["runs"][number] => ({
  id: `${model.replace("_", "-")}-${initialisation}-1`,
  ...{model, initialisation, procedure, seed: 1}
});

/** Whether the weights that a first look starts from, beside random ones, are here: none are fetched for it. */
export const hasWeights = () => existsSync(weightPath(architecture(model).imagenet!));

/**
 * What a study of phantoms or of few images is unless all of it is asked for: the smallest network, on small images, in
 * minutes also where there is no native code.
 */
export const firstLook = (): Plan => ({
  procedures: {
    "first-look-fine-tune": {
      title: "First look: head, then everything",
      description:
        "The new head trains on a frozen body whose batch norms go on training, then the whole network " +
        "with rates that fall from the head to the input, on small images and in few epochs: enough to " +
        "see the study at work, too little to settle its question.",
      ...common,
      phases: [
        {train: "head", size: 64, epochs: 2, maxRate: 5e-3},
        {train: "all", epochs: 4, maxRate: {low: 1e-4, high: 1e-3}}
      ]
    },
    "first-look-from-scratch": {
      title: "First look: from scratch",
      description:
        "The whole network trains from the first step with one rate for all layers: there is nothing " +
        "to preserve. Image sizes, epochs and all else are those of fine-tuning.",
      ...common,
      phases: [
        {train: "all", size: 64, epochs: 2, maxRate: 2e-3},
        {train: "all", epochs: 4, maxRate: 2e-3}
      ]
    }
  },
  runs: [run("random", "first-look-from-scratch"), ...(hasWeights() ? [run("imagenet", "first-look-fine-tune")] : [])],
  analyses: {
    ensemble: {members: []},
    tsne: {perplexities: [50, 5, 10, 30], iterations: 1000, seeds: [1]},
    probe: {size: 96, penalties: [1e-3, 1e-2, 1e-1, 1]},
    pca: {components: 50},
    explanations: {images: 16, steps: 8, parts: 4},
    bootstrap: {resamples: 2000, seed: 1}
  }
});
