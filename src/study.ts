import {firstLook} from "./first-look.js";
import {chosenDataset, chosenPlan} from "./lib/study/choose-dataset.js";
import {defineStudy, type Plan} from "./lib/study/schema.js";

const dataset = chosenDataset() ?? {name: "covidx" as const};
const isCovidx = dataset.name === "covidx";

/** What a procedure is called: on COVIDx after the study of 2020, which it repeats there. */
const repeated = (onCovidx: string, otherwise: string) => (isCovidx ? onCovidx : otherwise);

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
 * What all procedures share, so that they differ in phases and rates alone. Copies are predicted besides every image
 * because that raised the weighted F1 on validation of the first two networks that were fine-tuned.
 */
export const common = {
  size: 224,
  batchSize: 32,
  weightDecay: 1e-2,
  dropout: 0.5,
  mixup: 0.4,
  augmentation,
  testCopies: 4
};

type Start = "imagenet" | "random" | "mean-var";

/**
 * The procedure of a run within a budget: networks from ImageNet are fine-tuned, those of any other start are trained
 * from scratch.
 */
const within = (budget: string, start: Start) => `${budget}-${start === "imagenet" ? "fine-tune" : "from-scratch"}`;

/** A run within the budget of two cores. */
function run(model: string, initialisation: Start, seed: number, fraction = 1) {
  const share = fraction < 1 ? `-${100 * fraction}-percent` : "";
  const id = `${model.replace("_", "-")}-${initialisation}${share}-${seed}`;
  const large = ["xception", "densenet121", "resnext101_32x4d"].includes(model);
  return {
    id,
    model,
    initialisation,
    procedure: within(large ? "two-core-large" : "two-core", initialisation),
    fraction,
    seed
  };
}

/** A run by the study of 2020's own schedules. */
const original = (model: string, initialisation: Start, procedure: string) => ({
  ...{id: `${model.replace("_", "-")}-${initialisation}-original-1`, model, initialisation, seed: 1},
  procedure: `original-${procedure}`
});

/** All of the study: what runs on COVIDx, and on other images where `--full` asks for it. */
const whole: Plan = {
  procedures: {
    "two-core-fine-tune": {
      title: "Two cores: head, then everything, on growing images",
      description:
        `${repeated("The procedure of the 2020 study's DenseNet in fewer epochs: the", "The")} new ` +
        "head trains on a frozen body whose batch norms go on training, then the whole network with " +
        "rates that fall from the head to the input, on images of 64, 128 and 224 pixels. Each phase " +
        "has its own one-cycle schedule and goes on from the best epoch of the one before. A small " +
        "network takes minutes on two processor cores.",
      ...common,
      phases: [
        {train: "head", size: 64, epochs: 2, maxRate: 5e-3, finder: 200},
        {train: "all", size: 128, epochs: 4, maxRate: {low: 1e-4, high: 1e-3}, finder: 200},
        {train: "all", epochs: 2, maxRate: {low: 1e-4, high: 1e-3}}
      ]
    },
    "two-core-from-scratch": {
      title: "Two cores: from scratch, on growing images",
      description:
        "The whole network trains from the first step with one rate for all layers: there is nothing " +
        "to preserve. Image sizes, epochs and all else are those of fine-tuning.",
      ...common,
      phases: [
        {train: "all", size: 64, epochs: 2, maxRate: 2e-3, finder: 200},
        {train: "all", size: 128, epochs: 4, maxRate: 2e-3, finder: 200},
        {train: "all", epochs: 2, maxRate: 1e-3}
      ]
    },
    "two-core-large-fine-tune": {
      title: "Two cores, large network: head, then everything",
      description:
        "For networks that take about half an hour on two processor cores: as small ones are " +
        "fine-tuned, without range tests, and with one epoch in place of two on images of 224 pixels.",
      ...common,
      phases: [
        {train: "head", size: 64, epochs: 2, maxRate: 5e-3},
        {train: "all", size: 128, epochs: 4, maxRate: {low: 1e-4, high: 1e-3}},
        {train: "all", epochs: 1, maxRate: {low: 1e-4, high: 1e-3}}
      ]
    },
    "two-core-large-from-scratch": {
      title: "Two cores, large network: from scratch",
      description:
        "As small networks are trained from scratch, in the epochs and sizes that large ones are fine-tuned in.",
      ...common,
      phases: [
        {train: "all", size: 64, epochs: 2, maxRate: 2e-3},
        {train: "all", size: 128, epochs: 4, maxRate: 2e-3},
        {train: "all", epochs: 1, maxRate: 1e-3}
      ]
    },
    "two-core-one-size": {
      title: "Two cores: from scratch, on images of one size",
      description:
        "For COVID-Net, whose top fits one image size: from scratch, in as many epochs as the small " +
        "networks take on images of 64 and 128 pixels.",
      ...common,
      size: 128,
      phases: [{train: "all", epochs: 6, maxRate: 2e-3}]
    },
    "covid-net": {
      title: "As COVID-Net was trained",
      description:
        `Section 2.3 of ${repeated("Wang et al. 2020", "its paper")} (arXiv:2003.09871v1): Adam at a ` +
        "rate of 2e-5 that falls by a factor of 0.7 when the loss stops falling for five epochs, " +
        "batches of 8, no class balancing. Class rebalancing and augmentation are named by the paper's " +
        "second version only, and are left out.",
      needsGpu: true,
      ...common,
      batchSize: 8,
      weightDecay: 0,
      dropout: 0,
      mixup: 0,
      testCopies: 0,
      augmentation: {flip: false, rotate: 0, zoom: 1, lighting: 0},
      phases: [{train: "all", epochs: 100, maxRate: 2e-5, schedule: {factor: 0.7, patience: 5}}]
    },
    "original-resnext": {
      title: repeated(
        "Original: as the study of 2020 trained ResNeXt-101",
        "Original: a large network, with rates that hardly move it"
      ),
      description:
        `${repeated("Its notebook's schedule: the", "The")} head in twice ten epochs on a frozen body, ` +
        "then ten of the whole network at rates that hardly move it, without mixup.",
      needsGpu: true,
      ...common,
      mixup: 0,
      phases: [
        {train: "head", epochs: 10, maxRate: 1e-2, finder: 600},
        {train: "head", epochs: 10, maxRate: 1e-2},
        {train: "all", epochs: 10, maxRate: {low: 1e-14, high: 1e-8}, finder: 100}
      ]
    },
    "original-xception": {
      title: repeated(
        "Original: as the study of 2020 trained Xception",
        "Original: head, then everything, in many epochs"
      ),
      description:
        `${repeated("Its notebook's schedule: the", "The")} head in four times ten epochs on a frozen ` +
        "body, then twice ten of the whole network, first at rates that hardly move it.",
      needsGpu: true,
      ...common,
      dropout: 0.2,
      phases: [
        {train: "head", epochs: 10, maxRate: 5e-3, finder: 600},
        {train: "head", epochs: 10, maxRate: 5e-3},
        {train: "head", epochs: 10, maxRate: 5e-3},
        {train: "head", epochs: 10, maxRate: 1e-4},
        {train: "all", epochs: 10, maxRate: {low: 1e-12, high: 1e-8}},
        {train: "all", epochs: 10, maxRate: {low: 1e-8, high: 1e-4}}
      ]
    },
    "original-densenet": {
      title: repeated(
        "Original: as the study of 2020 trained DenseNet-121",
        "Original: on growing images, in many epochs"
      ),
      description:
        "Images of 64, 128 and 224 pixels, with " +
        `mixup${repeated(
          ", as the study describes. Its epochs and rates are not on record: those of its Xception stand in for them",
          ""
        )}.`,
      needsGpu: true,
      ...common,
      phases: [64, 128, 224].flatMap((size) => [
        {train: "head" as const, size, epochs: 10, maxRate: 5e-3},
        {train: "all" as const, size, epochs: 10, maxRate: {low: 1e-8, high: 1e-4}}
      ])
    },
    "original-from-scratch": {
      title: "Original: from scratch",
      description:
        `${repeated("The study of 2020 does not say how it trained without pretraining: as", "As")} ` +
        "many epochs as DenseNet and Xception have from ImageNet, in one cycle, with one rate for all " +
        "layers.",
      needsGpu: true,
      ...common,
      phases: [{train: "all", epochs: 60, maxRate: 1e-3, finder: 600}]
    }
  },
  runs: [
    run("xception", "imagenet", 1),
    run("xception", "random", 1),
    run("xception", "mean-var", 1),
    ...["efficientnet_lite0", "mobilenetv2_0.35"].flatMap((model) => [
      ...[1, 2, 3, 4, 5].flatMap((seed) => [run(model, "imagenet", seed), run(model, "random", seed)]),
      run(model, "mean-var", 1)
    ]),
    ...[0.5, 0.25, 0.1].flatMap((fraction) => [
      run("mobilenetv2_0.35", "imagenet", 1, fraction),
      run("mobilenetv2_0.35", "random", 1, fraction)
    ]),
    run("densenet121", "imagenet", 1),
    run("densenet121", "random", 1),
    {...run("covid-net", "random", 1), id: "covid-net-random-two-core-1", procedure: "two-core-one-size"},
    {...run("covid-net", "random", 1), procedure: "covid-net"},
    original("resnext101_32x4d", "imagenet", "resnext"),
    original("xception", "imagenet", "xception"),
    original("xception", "random", "from-scratch"),
    original("densenet121", "imagenet", "densenet"),
    original("densenet121", "random", "from-scratch")
  ],
  analyses: {
    // As in the study of 2020, one run of each pretrained network. Those that have no result are left out.
    ensemble: {members: ["xception-imagenet-1", "efficientnet-lite0-imagenet-1", "mobilenetv2-0.35-imagenet-1"]},
    tsne: {perplexities: [50, 5, 10, 30], iterations: 1000, seeds: [1, 2]},
    probe: {size: 224, penalties: [1e-3, 1e-2, 1e-1, 1]},
    pca: {components: 50},
    bootstrap: {resamples: 10000, seed: 1}
  }
};

/**
 * The study. Change a value, and the stages that depend on it run again, on the command line with `npm run study` and
 * on the open page with `npm run dev`.
 */
export const study = defineStudy({
  title: "Does ImageNet pretraining help on chest radiographs?",
  question:
    "A network that has learned from a million photographs is fine-tuned to tell " +
    (isCovidx ? "COVID-19, viral and bacterial pneumonia and normal chest radiographs" : "classes of radiographs") +
    " apart. Does it do better than one that starts from nothing?",
  dataset,
  // Its own 531 images make validation figures comparable with those that the study of 2020 logged.
  validation: isCovidx ? {rows: "study-2020"} : {fraction: 0.1, seed: 42, groupByPatient: false},
  ...(chosenPlan(dataset) === "full" ? whole : firstLook())
});
