import type {InventoryArtifact} from "../../../src/report/data/artifact.js";
import type {StudyArtifact} from "../../../src/report/study/artifact.js";
import {count, list} from "../shared/format.js";
import {type Column, dataTable} from "../shared/table.js";

/** Something that the study of 2020 did, as its notebooks have it (Joseph 2020), and what this one does. */
export interface Departure {
  what: string;
  theirs: string;
  ours: string;
}

const sizes = ({procedures}: StudyArtifact) => [
  ...new Set(procedures.flatMap(({phases}) => phases.map(({size}) => size)))
];
const copies = ({procedures}: StudyArtifact) => [...new Set(procedures.map(({testCopies}) => testCopies))];

/** Where the two studies agree and differ. What theirs did is cited, what this one does is read from its definition. */
export function departures(study: StudyArtifact, {validation}: InventoryArtifact): Departure[] {
  const {tsne, bootstrap} = study.analyses;
  return [
    {
      what: "Validation images",
      theirs: "531 of the training list, drawn by class with scikit-learn’s seed 42",
      ours:
        "rows" in validation
          ? `the same, of which ${count(validation.validation)} can be read here`
          : `${count(validation.validation)}, drawn by class with seed ${validation.seed}`
    },
    {
      what: "Crop",
      theirs: "shorter side to size; a square at a random place in training, the middle one in evaluation",
      ours: "shorter side to size, the middle square; what moves pixels in training is one map with one resampling"
    },
    {
      what: "Normalisation",
      theirs:
        "mean and deviation of one random, augmented batch of training images; in the notebooks that " +
        "evaluate, of one image",
      ours: "what each network’s weights were pretrained with, the same in training and evaluation"
    },
    {
      what: "Bodies",
      theirs:
        "taken apart into lists of modules, by which activations outside of these were lost: three of " +
        "the four ReLUs around Xception’s blocks, the last one of DenseNet-121",
      ours:
        "every layer as published, compared with the activations that other programs compute; " +
        "COVID-Net follows its paper alone"
    },
    {
      what: "Head",
      theirs: "fastai’s: maximum and average pooling, 512 units, batch norm and dropout",
      ours: "the same, but COVID-Net keeps its own"
    },
    {
      what: "Optimiser",
      theirs: "Adam with decoupled weight decay in one-cycle schedules; batch norms of a frozen body train",
      ours: "the same in the procedures that fine-tune"
    },
    {
      what: "Phases",
      theirs:
        "ResNeXt-101: head 2 × 10 epochs, all 10. Xception: head 4 × 10, all 2 × 10. DenseNet-121: 64, " +
        "128, 224 px, epochs unknown",
      ours: `those of the table above, at ${list(sizes(study).map(String))} px`
    },
    {
      what: "Which epoch is kept",
      theirs: "the best F score on the validation images",
      ours: "the best weighted F1 on the validation images"
    },
    {
      what: "Copies at test time",
      theirs: "possible in its code; whether they were used is not known",
      ours: `${list(copies(study).map(String))}, depending on the procedure`
    },
    {
      what: "Without pretraining",
      theirs: "COVID-Net’s published figures, taken for those of a network trained from scratch",
      ours:
        "the same network from random weights, with the same seed and images; COVID-Net from random " +
        "weights as one more network, beside its published figures"
    },
    {
      what: "Uncertainty",
      theirs: "none stated",
      ours: `95% intervals from exact formulas or ${count(bootstrap.resamples)} resamples, paired tests, repeated seeds`
    },
    {
      what: "t-SNE",
      theirs: "perplexities 5, 10, 30 and 50, each from one random start without a seed",
      ours:
        `perplexities ${list([...tsne.perplexities].sort((a, b) => a - b).map(String))}, each from ` +
        `principal components and ${count(tsne.seeds.length)} random starts`
    }
  ];
}

const columns: Column<Departure>[] = [
  {label: "What", header: true, value: ({what}) => what},
  {label: "Study of 2020 (cited)", value: ({theirs}) => theirs},
  {label: "This study", value: ({ours}) => ours}
];

/** The two studies side by side. */
export const departureTable = (rows: readonly Departure[]): HTMLElement =>
  dataTable(columns, rows, {label: "The study of 2020 and this one"});
