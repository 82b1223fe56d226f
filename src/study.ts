import {chosenDataset} from "./lib/study/choose-dataset.js";
import {defineStudy} from "./lib/study/schema.js";

/**
 * The study. Change a value, and the stages that depend on it run again, on the command line with `npm run study` and on
 * the open page with `npm run dev`.
 */
export const study = defineStudy({
  title: "Does ImageNet pretraining help on chest radiographs?",
  question:
    "A network that has learned from a million photographs is fine-tuned to tell COVID-19, viral and bacterial pneumonia and " +
    "normal chest radiographs apart. Does it do better than one that starts from nothing?",
  dataset: chosenDataset() ?? {name: "covidx"},
  validation: {fraction: 0.1, seed: 42, groupByPatient: false},
  procedures: {
    "fine-tune": {
      title: "Fine-tune: head, then everything",
      description:
        "The new head trains alone on the frozen body for half of the epochs; then the whole network trains, gently. Each phase has its own one-cycle schedule; peak rates, image size and mixup are those of the study of 2020.",
      size: 224,
      batchSize: 32,
      phases: [
        {train: "head", epochs: 4, maxRate: 5e-3},
        {train: "all", epochs: 4, maxRate: 1e-4}
      ],
      weightDecay: 1e-2,
      dropout: 0.5,
      mixup: 0.4,
      augmentation: {flip: true, rotate: 10, zoom: 1.1, lighting: 0.2}
    },
    "from-scratch": {
      title: "From scratch: everything at once",
      description:
        "The whole network trains from the first step with one one-cycle schedule, as many epochs as fine-tuning takes and twenty times the peak rate that it trains the body with: there is nothing to preserve. All else is the same.",
      size: 224,
      batchSize: 32,
      phases: [{train: "all", epochs: 8, maxRate: 2e-3}],
      weightDecay: 1e-2,
      dropout: 0.5,
      mixup: 0.4,
      augmentation: {flip: true, rotate: 10, zoom: 1.1, lighting: 0.2}
    }
  },
  runs: [
    {
      id: "mobilenetv2-0.35-imagenet-1",
      model: "mobilenetv2_0.35",
      initialisation: "imagenet",
      procedure: "fine-tune",
      seed: 1
    },
    {
      id: "mobilenetv2-0.35-random-1",
      model: "mobilenetv2_0.35",
      initialisation: "random",
      procedure: "from-scratch",
      seed: 1
    }
  ],
  analyses: {
    tsne: {perplexities: [50, 5, 10, 30], iterations: 1000, seeds: [1, 2]},
    probe: {size: 224, penalties: [1e-3, 1e-2, 1e-1, 1]},
    pca: {components: 50},
    bootstrap: {resamples: 10000, seed: 1}
  }
});
