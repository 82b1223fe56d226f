import {defineExperiments} from "./lib/study/experiments.js";
import {type Procedure, procedureSchema} from "./lib/training/procedure.js";
import {common as ofStudy} from "./study.js";

/** What the experiments' procedures share: no range test and no copies of test images, which are half of the cost. */
const common = {...ofStudy, size: 128, testCopies: 0};

const fineTune = (high: number): Procedure =>
  procedureSchema.parse({
    title: "Head, then everything, on growing images",
    description:
      "Two epochs of the head on a frozen body, then six of the whole network, with rates that fall to the input.",
    ...common,
    phases: [
      {train: "head", size: 64, epochs: 2, maxRate: 5e-3},
      {train: "all", size: 64, epochs: 2, maxRate: {low: high / 10, high}},
      {train: "all", epochs: 4, maxRate: {low: high / 10, high}}
    ]
  });

const fromScratch = (maxRate: number): Procedure =>
  procedureSchema.parse({
    title: "Everything from the first step, on growing images",
    description: "Eight epochs of the whole network with one rate for all layers.",
    ...common,
    phases: [
      {train: "all", size: 64, epochs: 4, maxRate},
      {train: "all", epochs: 4, maxRate}
    ]
  });

/** The grid that every start is given: each schedule with two peaks of the rate, in as many epochs. */
export const procedures: Record<string, Procedure> = {
  "fine-tune-slow": fineTune(1e-3),
  "fine-tune-fast": fineTune(3e-3),
  "from-scratch-slow": fromScratch(2e-3),
  "from-scratch-fast": fromScratch(6e-3)
};

const covidx = {"COVID-19": "COVID-19", viral: "viral", bacteria: "bacteria", normal: "normal"};
const children = {viral: "viral", bacteria: "bacteria", normal: "normal"};
const fiveFolds = {folds: 5, seed: 1};

const tasks = {
  "covidx-list": {
    title: "COVIDx, its own test list",
    asks: "What the study of 2020 asked.",
    classes: Object.keys(covidx),
    sources: [{dataset: "covidx" as const, classes: covidx}],
    division: "list" as const
  },
  "covidx-folds": {
    title: "COVIDx in folds",
    asks: "The same with all of its images of COVID-19 tested, and no shifted test list.",
    classes: Object.keys(covidx),
    sources: [{dataset: "covidx" as const, classes: covidx}],
    division: fiveFolds
  },
  children: {
    title: "Children of one hospital",
    asks: "The gain where no source can be told apart.",
    classes: Object.keys(children),
    sources: [{dataset: "covidx" as const, only: "numbered in a series" as const, classes: children}],
    division: fiveFolds
  },
  adults: {
    title: "Adults of one source",
    asks: "The same on adults.",
    classes: ["pneumonia", "none"],
    sources: [{dataset: "nih" as const, classes: {Pneumonia: "pneumonia", "No finding": "none"}}],
    division: fiveFolds
  },
  "adults-cohen": {
    title: "COVID-19 against other pneumonia, adults of one collection",
    asks: "COVID-19, or the source?",
    classes: ["COVID-19", "other"],
    sources: [
      {
        dataset: "cohen" as const,
        classes: {"COVID-19": "COVID-19", viral: "other", bacteria: "other", "other pneumonia": "other"}
      }
    ],
    division: fiveFolds
  }
};

const cell = (
  task: string,
  model: string,
  start: "imagenet" | "random",
  procedure: string,
  seed: number,
  fold?: number
) => ({
  ...{task, model, start, procedure, seed, fold},
  id: [model.replace("_", "-"), start, task, procedure, ...(fold === undefined ? [] : [`fold-${fold}`]), seed].join("-")
});

const starts = ["imagenet", "random"] as const;

/** The grid. The best procedure of each start is taken from it, by the mean macro F1 on validation over two seeds. */
const grid = starts.flatMap((start) =>
  Object.keys(procedures).flatMap((procedure) =>
    [101, 102].map((seed) => cell("covidx-list", "mobilenetv2_0.35", start, procedure, seed))
  )
);

/** The experiments: which runs, on which images, and what is expected of them. */
export const plan = defineExperiments(
  {
    tasks,
    cells: grid,
    experiments: [
      {
        id: "grid",
        title: "The same tries for both starts",
        question: "Which schedule and rate suit each start best, out of the same eight?",
        hypothesis: {
          words:
            "Whatever the procedure, networks from ImageNet end with a higher macro F1 than those from random weights.",
          direction: "greater"
        },
        estimand: "The mean over procedures and seeds of the difference in macro F1 on the test list.",
        contrasts: [
          {
            title: "ImageNet less random weights, over all procedures",
            terms: [
              {sign: 1, cells: {start: "imagenet"}},
              {sign: -1, cells: {start: "random"}}
            ]
          }
        ],
        cells: grid.map(({id}) => id)
      }
    ]
  },
  Object.keys(procedures)
);
