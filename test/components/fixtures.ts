import type {Estimate} from "../../src/lib/measures/interval.js";
import type {ClassGains, PretrainingArtifact} from "../../src/report/pretraining/artifact.js";
import type {InventoryArtifact} from "../../src/report/data/artifact.js";
import type {MapArtifact} from "../../src/report/map/artifact.js";
import type {ResultsArtifact, RunDetail, RunResult, StudyResult} from "../../src/report/results/artifact.js";
import type {RunSummary, StudyArtifact} from "../../src/report/study/artifact.js";
import type {Source} from "../../src/report/shared/source.js";

export const classes = ["COVID-19", "viral", "bacteria", "normal"];

export const source: Source = {
  id: "metrics/a",
  source: "published",
  key: "0123456789abcdef0123456789abcdef",
  code: "fedcba9876543210",
  date: "2026-03-14T09:26:53Z",
  seconds: 75,
  backend: "tensorflow",
  device: "CPU",
  drifted: false
};

export const about = (value: number, half = 0.02): Estimate => ({value, low: value - half, high: value + half});

/** A run over eight images, two a class; the second viral image is predicted bacterial. */
export function run(id: string, macroF1: Estimate): RunDetail & StudyResult {
  const actual = [0, 0, 1, 1, 2, 2, 3, 3];
  const predicted = [0, 0, 1, 2, 2, 2, 3, 3];
  const of = (value: number, k: number, n: number): Estimate => ({...about(value), k, n});
  return {
    run: id,
    title: id,
    model: "net",
    start: "ImageNet",
    page: "net",
    leads: true,
    leadsNetwork: true,
    fraction: 1,
    images: 8,
    accuracy: of(0.875, 7, 8),
    balancedAccuracy: about(0.875),
    macroF1,
    macroRecall: about(0.87),
    macroPrecision: about(0.89),
    weightedF1: about(0.87),
    weightedRecall: about(0.875),
    weightedPrecision: about(0.89),
    kappa: about(0.83),
    mcc: about(0.84),
    logLoss: about(0.4),
    brier: about(0.3),
    expectedCalibrationError: about(0.05),
    calibrated: {temperature: 1.5, logLoss: 0.38, brier: 0.29, expectedCalibrationError: 0.03},
    validation: {accuracy: 0.9, macroF1: 0.88, weightedF1: 0.89},
    perClass: classes.map((name, i) => ({
      class: name,
      support: 2,
      recall: of(i === 1 ? 0.5 : 0.9, i === 1 ? 1 : 2, 2),
      precision: i === 2 ? of(0.67, 2, 3) : of(0.9, i === 1 ? 1 : 2, i === 1 ? 1 : 2),
      f1: about(0.8),
      rocAuc: about(0.95),
      averagePrecision: about(0.9)
    })),
    confusion: classes.flatMap((a, i) =>
      classes.map((p, j) => {
        const rows = actual.flatMap((c, row) => (c === i && predicted[row] === j ? [row] : []));
        return {actual: a, predicted: p, count: rows.length, share: rows.length / 2, rows};
      })
    ),
    predictions: {
      row: actual.map((_, i) => i),
      actual,
      predicted,
      probabilities: predicted.map((p) => classes.map((_, i) => (i === p ? 0.7 : 0.1)))
    },
    curves: classes.map(() => ({
      falsePositiveRate: [0, 0, 0.5, 1],
      truePositiveRate: [0, 0.5, 1, 1],
      recall: [0, 0.5, 1],
      precision: [1, 1, 0.4]
    })),
    reliability: {
      raw: [{count: 8, confidence: 0.7, accuracy: 0.875}],
      calibrated: [{count: 8, confidence: 0.8, accuracy: 0.875}]
    },
    source
  };
}

export const summary = (id: string, initialisation: string, more: Partial<RunSummary> = {}): RunSummary => ({
  id,
  title: id,
  model: "net",
  network: "Net",
  start: initialisation === "imagenet" ? "ImageNet" : initialisation,
  initialisation,
  procedure: "all",
  fraction: 1,
  seed: 1,
  available: true,
  ...more
});

export const study = (runs: RunSummary[]): StudyArtifact => ({
  title: "Study",
  question: "Does it help?",
  version: "1.0.0",
  dataset: {name: "covidx", title: "COVIDx"},
  classes,
  runs,
  bestRun: runs[0]?.id ?? "",
  imagesPresent: false,
  option: "",
  firstLook: false,
  fitted: [],
  procedures: [],
  analyses: {
    ensemble: {members: []},
    tsne: {perplexities: [50, 5], iterations: 1000, seeds: [1]},
    probe: {size: 224, penalties: [0.1]},
    pca: {components: 50},
    explanations: {images: 64, steps: 12, parts: 8, seed: 1},
    bootstrap: {resamples: 10000, seed: 1}
  }
});

export const results = (runs: StudyResult[], probe: RunResult[] = []): ResultsArtifact => ({
  runs,
  planned: [],
  probe,
  baselines: [],
  ensembles: [],
  comparisons: [],
  cited: [
    {
      id: "elsewhere",
      split: "test",
      title: "Elsewhere",
      source: "Somebody 2020",
      note: "other images",
      images: 5,
      accuracy: 0.8,
      macroF1: 0.79,
      weightedF1: 0.81
    }
  ]
});

export const inventory = (more: Partial<InventoryArtifact>): InventoryArtifact => ({
  title: "COVIDx",
  digest: "d",
  splits: [],
  problems: [],
  notTaken: [],
  duplicates: [],
  patients: {byClass: [], bySeries: [], numbers: 0, testImages: 0},
  validation: {fraction: 0.1, seed: 42, groupByPatient: false, train: 4779, validation: 530},
  testShare: null,
  source,
  ...more
});

/** A network from ImageNet less its twin from random weights, one value a seed. */
export const pair = (network: string, values: number[]): PretrainingArtifact["pairs"][number] => ({
  ...{model: network, network, start: "ImageNet", less: "random", fraction: 1, source: [source]},
  seeds: values.map((value, i) => ({
    ...{seed: i + 1, pretrained: `p${i}`, scratch: `s${i}`, sameProcedure: true},
    difference: {value, low: value - 0.05, high: value + 0.05, p: 0.1}
  })),
  spread: {
    n: values.length,
    mean: values.reduce((a, b) => a + b) / values.length,
    min: Math.min(...values),
    max: Math.max(...values),
    interval: values.length > 1 ? {low: 0.01, high: 0.2} : null
  }
});

/** A run that was trained in two epochs of ten batches. */
export const trained = (id: string, start: string, more: object = {}): PretrainingArtifact["runs"][number] => ({
  ...{run: id, title: id, model: "net", network: "Net", start, seed: 1, fraction: 1, source},
  validation: [0.5, 0.7],
  batches: 10,
  kept: {epoch: 2, size: 224, weightedF1: 0.7},
  best: {epoch: 2, size: 224, weightedF1: 0.7},
  reached: [{epochs: 2, reached: true}],
  macroF1: about(0.7),
  ...more
});

const gain = (values: number[]) => {
  const {seeds, spread} = pair("", values);
  return {seeds: seeds.map(({seed, difference}) => ({seed, difference})), spread};
};

/** The same class by class, of which COVID-19 is the rarest: recall and F1 change alike. */
export const classGains = (
  network: string,
  others: number[],
  [covid, viral, bacteria, normal]: number[][]
): ClassGains => ({
  ...{model: network, network, start: "ImageNet", less: "random", fraction: 1, source: [source]},
  rarest: "COVID-19",
  shares: covid.map(() => 0.8),
  others: gain(others),
  classes: [covid, viral, bacteria, normal].map((values, k) => ({
    ...{class: classes[k], images: k ? 100 : 10},
    recall: gain(values),
    f1: gain(values)
  }))
});

const plane = {x: [0, 500, 999], y: [0, 0, -999], trustworthiness: 0.9, continuity: 0.8, purity: 0.7, disparity: 0.1};

/** Two maps of three images. */
export const mapArtifact: MapArtifact = {
  run: "a",
  title: "A",
  perplexities: [50, 5],
  seeds: [null],
  neighbourCount: 2,
  row: [7, 8, 9],
  actual: [0, 1, 1],
  predicted: [0, 1, 2],
  probabilities: [
    [0.7, 0.1, 0.1, 0.1],
    [0.1, 0.7, 0.1, 0.1],
    [0.1, 0.1, 0.7, 0.1]
  ],
  numberings: ["IM", "person"],
  numbering: [-1, 0, 1],
  maps: [
    {...plane, perplexity: 50, seed: null, kl: 0.9},
    {...plane, perplexity: 5, seed: null, kl: 1.1}
  ],
  pca: plane,
  purity: 0.78,
  stability: [
    [50, 60, 70],
    [20, 30, 40]
  ],
  neighbours: [
    [1, 2],
    [2, 0],
    [1, 0]
  ],
  source
};
