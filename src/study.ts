import {chosenDataset} from "./lib/study/choose-dataset.js";
import {defineStudy} from "./lib/study/schema.js";

const dataset = chosenDataset() ?? {name: "covidx" as const};

/** What the study of 2020 did to every image that it trained on, each change with fastai's probability. */
const augmentation = {
  flip: true,
  rotate: 10,
  zoom: 1.1,
  lighting: 0.2,
  warp: 0.2,
  cutout: {holes: [1, 4] as [number, number], length: [20, 50] as [number, number]}
};

/**
 * What all procedures share, so that they differ in phases and rates alone. Copies are predicted besides every image because
 * that raised the weighted F1 on validation of the first two networks that were fine-tuned.
 */
const common = {size: 224, batchSize: 32, weightDecay: 1e-2, dropout: 0.5, mixup: 0.4, augmentation, testCopies: 4};

/** A run of a network: fine-tuned from ImageNet's weights, and trained from scratch from any other start. */
function run(model: string, initialisation: "imagenet" | "random" | "mean-var", seed: number, fraction = 1) {
  const share = fraction < 1 ? `-${100 * fraction}-percent` : "";
  const procedure = initialisation === "imagenet" ? "fine-tune" : "from-scratch";
  const id = `${model.replace("_", "-")}-${initialisation}${share}-${seed}`;
  return {id, model, initialisation, procedure, fraction, seed};
}

/**
 * The study. Change a value, and the stages that depend on it run again, on the command line with `npm run study` and on
 * the open page with `npm run dev`.
 */
export const study = defineStudy({
  title: "Does ImageNet pretraining help on chest radiographs?",
  question:
    "A network that has learned from a million photographs is fine-tuned to tell COVID-19, viral and bacterial pneumonia and " +
    "normal chest radiographs apart. Does it do better than one that starts from nothing?",
  dataset,
  // Its own 531 images make validation figures comparable with those that the study of 2020 logged.
  validation: dataset.name === "covidx" ? {rows: "study-2020"} : {fraction: 0.1, seed: 42, groupByPatient: false},
  procedures: {
    "fine-tune": {
      title: "Fine-tune: head, then everything, on growing images",
      description:
        "The procedure of the 2020 study's DenseNet in fewer epochs: the new head trains on a frozen body whose batch norms go on training, then the whole network with rates that fall from the head to the input, on images of 64, 128 and 224 pixels. Each phase has its own one-cycle schedule and goes on from the best epoch of the one before.",
      ...common,
      phases: [
        {train: "head", size: 64, epochs: 2, maxRate: 5e-3, finder: 200},
        {train: "all", size: 128, epochs: 4, maxRate: {low: 1e-4, high: 1e-3}, finder: 200},
        {train: "all", epochs: 2, maxRate: {low: 1e-4, high: 1e-3}}
      ]
    },
    "from-scratch": {
      title: "From scratch: everything at once, on growing images",
      description:
        "The whole network trains from the first step with one rate for all layers: there is nothing to preserve. Image sizes, epochs and all else are those of fine-tuning.",
      ...common,
      phases: [
        {train: "all", size: 64, epochs: 2, maxRate: 2e-3, finder: 200},
        {train: "all", size: 128, epochs: 4, maxRate: 2e-3, finder: 200},
        {train: "all", epochs: 2, maxRate: 1e-3}
      ]
    },
    "covid-net": {
      title: "As COVID-Net was trained",
      description:
        "Section 2.3 of Wang et al. 2020 (arXiv:2003.09871v1): Adam at a rate of 2e-5 that falls by a factor of 0.7 when the loss stops falling for five epochs, batches of 8, no class balancing. Class rebalancing and augmentation are named by the paper's second version only, and are left out.",
      ...common,
      batchSize: 8,
      weightDecay: 0,
      dropout: 0,
      mixup: 0,
      testCopies: 0,
      augmentation: {flip: false, rotate: 0, zoom: 1, lighting: 0},
      phases: [{train: "all", epochs: 100, maxRate: 2e-5, schedule: {factor: 0.7, patience: 5}}]
    }
  },
  runs: [
    run("mobilenetv2_0.35", "imagenet", 1),
    run("mobilenetv2_0.35", "random", 1),
    run("efficientnet_lite0", "imagenet", 1),
    run("efficientnet_lite0", "random", 1),
    run("mobilenetv2_0.35", "mean-var", 1),
    run("mobilenetv2_0.35", "imagenet", 2),
    run("mobilenetv2_0.35", "random", 2),
    run("mobilenetv2_0.35", "imagenet", 1, 0.25),
    run("mobilenetv2_0.35", "random", 1, 0.25),
    run("mobilenetv2_0.35", "imagenet", 1, 0.1),
    run("mobilenetv2_0.35", "random", 1, 0.1),
    run("mobilenetv2_0.35", "imagenet", 3),
    run("mobilenetv2_0.35", "random", 3),
    {id: "covid-net-random-1", model: "covid-net", initialisation: "random", procedure: "covid-net", seed: 1}
  ],
  analyses: {
    tsne: {perplexities: [50, 5, 10, 30], iterations: 1000, seeds: [1, 2]},
    probe: {size: 224, penalties: [1e-3, 1e-2, 1e-1, 1]},
    pca: {components: 50},
    bootstrap: {resamples: 10000, seed: 1}
  }
});
