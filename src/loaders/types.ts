/**
 * The shapes of the artifacts that the pages read: one interface per file under `docs/data`. Pages import nothing else
 * from `src`, and only as types. Images are named by `row`: the row number, from 0, in the test split's list.
 */

/** Where the numbers of a figure come from; shown on demand below every figure. */
export interface Source {
  /** Stage and run: "metrics/mobilenetv2-0.35-imagenet-1". */
  id: string;
  /** Computed for this build, found in the local store, or published with an earlier version. */
  source: "computed" | "store" | "published";
  key: string;
  code: string;
  date: string;
  seconds: number;
  backend?: string;
  device?: string;
  /** Set when the code of an expensive stage has changed since it was computed. */
  drifted: boolean;
}

export interface RunSummary {
  id: string;
  /** "MobileNetV2 0.35, ImageNet" */
  title: string;
  model: string;
  initialisation: string;
  procedure: string;
  seed: number;
  /** Whether there is a result to show; if not, `missing` says what it needs. */
  available: boolean;
  missing?: string;
}

/** docs/data/study.json */
export interface StudyArtifact {
  title: string;
  question: string;
  version: string;
  dataset: {name: string; title: string};
  classes: string[];
  runs: RunSummary[];
  /** The run that the pages show first: the best macro F1 on validation. */
  bestRun: string;
  /** Whether radiographs were present when the site was built. */
  imagesPresent: boolean;
  procedures: {id: string; title: string; description: string}[];
}

/** docs/data/inventory.json */
export interface InventoryArtifact {
  title: string;
  digest: string;
  splits: {
    split: "train" | "test";
    listed: number;
    present: number;
    byClass: {class: string; count: number; share: number}[];
    /** Original pixel sizes, quartiles over the images of a class. */
    sizes: {class: string; medianWidth: number; medianHeight: number; minWidth: number; maxWidth: number}[];
  }[];
  /** Missing, unreadable and empty images: left out, by name. */
  problems: {split: string; row: number; file: string; class: string; reason: string}[];
  /** Groups of byte-identical images. */
  duplicates: {members: {split: string; row: number; class: string}[]; acrossSplits: boolean; acrossClasses: boolean}[];
  /** Patient numbers that occur in both splits, by class. */
  patientOverlap: {
    class: string;
    trainPatients: number;
    testPatients: number;
    shared: number;
    /** Of the shared numbers, how many stand in the same file-name family in both splits. */
    sharedSameFamily: number;
  }[];
  validation: {fraction: number; seed: number; groupByPatient: boolean; train: number; validation: number};
  source: Source;
}

/** A proportion or score with its uncertainty. */
export interface Estimate {
  value: number;
  /** 95% interval. */
  low: number;
  high: number;
  /** For proportions: the k of k/n and the n. */
  k?: number;
  n?: number;
}

export interface RunResult {
  run: string;
  title: string;
  /** Over all test images; intervals by stratified bootstrap, accuracy by Wilson. */
  accuracy: Estimate;
  balancedAccuracy: Estimate;
  macroF1: Estimate;
  weightedF1: Estimate;
  /** Not estimates of uncertainty but single values. */
  kappa: number;
  mcc: number;
  logLoss: number;
  expectedCalibrationError: number;
  /** Recall and precision with Clopper-Pearson intervals, F1 by bootstrap. */
  perClass: {
    class: string;
    support: number;
    recall: Estimate;
    precision: Estimate;
    f1: Estimate;
    rocAuc: number | null;
  }[];
  /** Rows are the truth, columns the prediction; `rows` are the images behind the cell. */
  confusion: {actual: string; predicted: string; count: number; share: number; rows: number[]}[];
  /** By columns, one entry per test image. Labels are indices into the study's classes. */
  predictions: {row: number[]; actual: number[]; predicted: number[]; probabilities: number[][]};
  source: Source;
}

/** docs/data/results.json */
export interface ResultsArtifact {
  runs: RunResult[];
  /** Logistic regression on the frozen ImageNet features: what fine-tuning has to beat. */
  probe: RunResult[];
  /** Figures published elsewhere, for comparison: a different kind of number. */
  cited: {
    title: string;
    source: string;
    note: string;
    images: number;
    accuracy: number;
    macroF1: number;
    weightedF1: number;
  }[];
}

/** docs/data/history.json */
export interface HistoryArtifact {
  runs: {
    run: string;
    title: string;
    /** One entry per epoch; `phase` names the phase of the procedure ("head", "all"). */
    epochs: {
      epoch: number;
      phase: string;
      trainLoss: number;
      validationLoss: number;
      validationAccuracy: number;
      validationMacroF1: number;
      imagesPerSecond: number;
      seconds: number;
      /** The epoch whose weights were kept. */
      selected: boolean;
    }[];
    /** The learning rate at every step. */
    learningRate: number[];
    parameters: number;
    source: Source;
  }[];
}

/** docs/data/embedding.json: t-SNE of the pooled features of the test images. */
export interface EmbeddingArtifact {
  perplexity: number;
  runs: {
    run: string;
    title: string;
    row: number[];
    actual: number[];
    predicted: number[];
    x: number[];
    y: number[];
    /** Exact Kullback-Leibler divergence; share of the 10 nearest neighbours of the same class, in the map and in the features; trustworthiness at k = 10. */
    kl: number;
    purityMap: number;
    purityFeatures: number;
    trustworthiness: number;
    source: Source;
  }[];
}

/** docs/data/cams/[model].json: maps of the predicted class by the runs of one network, per test image. */
export interface CamArtifact {
  runs: {
    run: string;
    title: string;
    layer: string;
    row: number[];
    actual: number[];
    predicted: number[];
    confidence: number[];
    /** Grad-CAM of every test image first; other methods of a sample, where they have a result. */
    methods: CamMaps[];
    source: Source[];
  }[];
}

export interface CamMaps {
  /** "grad-cam", "grad-cam++", "hires-cam" or "layer-cam". */
  method: string;
  /** The images that have a map. */
  row: number[];
  /** Side of the square grid. */
  size: number;
  /** The largest value of each map before it was scaled to 0..255; 0 where the map is empty (no positive evidence). */
  peak: number[];
  /** One string per image: the grid, row-major, as base64 of one byte per cell, 255 the map's own peak; "" where empty. */
  grid: string[];
}

/** A mean over n images. */
export interface MeanEstimate extends Estimate {
  n: number;
}

/** Of a run's maps, of a uniform and of a centred map, and how much more the run's have than the uniform. */
export interface Judgement {
  map: MeanEstimate;
  uniform: MeanEstimate;
  centre: MeanEstimate;
  gain: MeanEstimate;
}

/** docs/data/explanations.json: what the tests of the maps found. */
export interface ExplanationsArtifact {
  /** Images, steps and parts of the tests that run on a sample. */
  sample: {images: number; steps: number; parts: number; seed: number};
  /** The runs that have maps. */
  runs: {run: string; title: string; model: string}[];
  attention: {
    run: string;
    title: string;
    /** By region, apart for images that the network has been trained on. Images with the region marked, and those of them whose map is not empty (n). */
    table: {region: string; seen: boolean; images: number; energy: Judgement; hits: Judgement}[];
    /** Maps that lie mostly outside the lungs, the furthest first: "test/12", by which measure, and the share of the energy. */
    suspects: {key: string; label: number; predicted: number; measure: string; share: number}[];
    /** How many there are in all. */
    suspected: number;
    source: Source;
  }[];
  faithfulness: {
    run: string;
    title: string;
    tests: {
      kind: "deletion" | "insertion";
      orders: {order: "map" | "centre" | "random"; curve: number[]; area: MeanEstimate}[];
      minusCentre: MeanEstimate;
      minusRandom: MeanEstimate;
    }[];
    source: Source;
  }[];
  sanity: {
    run: string;
    title: string;
    cascade: {share: number; layer: string; empty: number; spearman: MeanEstimate; ssim: MeanEstimate}[];
    source: Source;
  }[];
  /** Rank correlation of the maps of two runs. */
  agreement: {a: string; b: string; spearman: MeanEstimate; source: Source}[];
}

/** docs/data/masks.json: the annotated test images, only where the annotations are; nothing where they are not. */
export interface MasksArtifact {
  /** Side of a mask, in pixels. */
  size: number;
  /** One bit a pixel, row-major, in base64. */
  images: {row: number; masks: {region: string; bits: string}[]}[];
}

/** docs/data/images.json: how to cut docs/data/images.jpg, the thumbnails of the test images in one sheet. */
export interface ImagesArtifact {
  /** False where the data was not present at build: then the sheet is one empty cell and a drawn outline is shown. */
  present: boolean;
  /** Side of a cell, in pixels, and cells per line. */
  cell: number;
  columns: number;
  /** The row number of each cell, in order. */
  row: number[];
}

/** docs/data/provenance.json */
export interface ProvenanceArtifact {
  version: string;
  node: string;
  packages: Record<string, string>;
  builtAt: string;
  stages: (Source & {
    stage: string;
    params: unknown;
    inputs: Record<string, string>;
    revision?: number;
    identity: string;
    packages: Record<string, string>;
    node: string;
  })[];
  /** Stages that could not be had, and why. */
  missing: {id: string; reason: string}[];
}

/** What something costs: values that training changes, and multiplications (each with its addition) for one image. */
export interface Cost {
  parameters: number;
  macs: number;
}

/** The layers of a network whose outputs have one resolution. */
export interface NetworkStage extends Cost {
  /** Height and width of the feature maps, in pixels of their own. */
  height: number;
  width: number;
  /** Of the widest feature map. */
  channels: number;
  /** Layers with a kernel. */
  depth: number;
  /** Of the body's multiplications. */
  share: number;
}

/** docs/data/networks.json: the networks that a study may name, counted from the networks themselves. */
export interface NetworksArtifact {
  /** Side of the image that the counts are for, in pixels, and the number of classes. */
  size: number;
  classes: number;
  networks: {
    id: string;
    title: string;
    /** "Sandler et al. 2018, arXiv:1801.04381", and its address where one follows from it. */
    paper: string;
    paperUrl?: string;
    year: number;
    /** Side of the images it was published for. */
    inputSize: number;
    /** The head is the study's, or the network's own. */
    body: Cost;
    head: Cost;
    /** Bytes of the body in float32, statistics included. */
    bytes: number;
    stages: NetworkStage[];
    /** The same counts with the top that the published ones include, and theirs. */
    published?: {ours: Cost; parameters?: number; macs?: number; source: string};
    /** Null where nobody publishes weights from ImageNet. */
    weights: {file: string; url: string; licence: string; present: boolean} | null;
    source: Source;
  }[];
  /** Networks that could not be counted here, and why. */
  uncounted: {title: string; missing: string}[];
  /** The first convolution of every run, before and after training. */
  filters: RunFilters[];
  /** Runs without these, and why. */
  withoutFilters: {title: string; missing: string}[];
}

export interface RunFilters {
  run: string;
  title: string;
  layer: string;
  /** Side of a filter, in pixels. */
  size: number;
  /** Of the whole layer: the cosine of the angle between before and after, and the length of the change as a share of before's. */
  cosine: number;
  change: number;
  /** One entry per filter. Pixels are base64 of one byte for red, green and blue each, row-major: 128 is zero, and the largest weight before or after is 1 or 255. */
  filters: {before: string; after: string; cosine: number; change: number}[];
  source: Source;
}
