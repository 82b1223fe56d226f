import type {NotTaken} from "../lib/dataset/not-taken.js";
import type {Difference} from "../lib/evaluation/compare.js";
import type {Estimate} from "../lib/evaluation/evaluate.js";
import type {Figure} from "../lib/study/claims.js";
import type {Fitted} from "../lib/study/fit.js";
import type {Study} from "../lib/study/schema.js";
import type {filledIn, Procedure} from "../lib/training/procedure.js";

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
  /** Title of the network, and what its body starts from, in words. */
  network: string;
  start: string;
  initialisation: string;
  procedure: string;
  /** The share of the training images that it trains on. */
  fraction: number;
  seed: number;
  /** Whether there is a result to show; if not, `missing` says what it needs. */
  available: boolean;
  missing?: string;
  /** What shows that its training ended worse than a guess, if it did. */
  diverged?: string;
}

/** How networks are trained, with every setting. */
export interface StudyProcedure extends Omit<Procedure, "phases"> {
  id: string;
  /** With what they take from the procedure filled in. */
  phases: ReturnType<typeof filledIn>[];
}

/** docs/data/study.json */
export interface StudyArtifact {
  title: string;
  question: string;
  version: string;
  dataset: {name: string; title: string};
  classes: string[];
  runs: RunSummary[];
  /** The run that the pages show first: the best on validation (src/report/results/best-run.ts). */
  bestRun: string;
  /** Whether radiographs were present when the site was built. */
  imagesPresent: boolean;
  /** What the command line is told to choose this dataset and plan: "--dataset phantom"; a folder by its name alone. */
  option: string;
  /** Whether the study is the small one that phantoms and few images get. */
  firstLook: boolean;
  /** Settings that follow the number of images, in words; procedures and analyses are as the stages take them. */
  fitted: Fitted[];
  procedures: StudyProcedure[];
  analyses: Study["analyses"];
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
    /** The images of each class outside of the numbered series of file names: those of adults, in COVIDx. */
    unnumbered: {class: string; count: number}[];
    /** Of those in the series: how many there are, and how many have the size that most have. */
    numbered: {images: number; width: number; height: number; alike: number};
    /** Pixel sizes of the files that were read: medians, and range of widths, over the images of a class. */
    sizes: {class: string; medianWidth: number; medianHeight: number; minWidth: number; maxWidth: number}[];
  }[];
  /** Missing, unreadable and empty images: left out, by name. */
  problems: {split: string; row: number; file: string; class: string; reason: string}[];
  /** Files in the dataset's folder that are none of its images, by extension; none where the folder is not here. */
  notTaken: NotTaken[];
  /** Groups of byte-identical images. */
  duplicates: {members: {split: string; row: number; class: string}[]; acrossSplits: boolean; acrossClasses: boolean}[];
  /** Whose the images are, by series and number: equal numbers of two series are two patients. */
  patients: {
    byClass: {class: string; train: number; test: number}[];
    /**
     * Patients of each split and of both, how many of the latter have one class in both, and the images of the latter.
     */
    bySeries: {
      /** Null for images whose names are in no series. */
      series: string | null;
      train: number;
      test: number;
      shared: number;
      sameClass: number;
      trainImages: number;
      testImages: number;
    }[];
    /** Numbers that stand in both splits in whatever series, and how many test images bear one. */
    numbers: number;
    testImages: number;
  };
  /** How many images train and validate, and how they were told apart. */
  validation: {train: number; validation: number} & (
    {fraction: number; seed: number; groupByPatient: boolean} | {rows: "study-2020" | "listed"}
  );
  /** The share of each class that was drawn to test on; null where the dataset sets test images apart. */
  testShare: number | null;
  source: Source;
}

export type {Difference, Estimate};

/** Scores of one classifier of the test images. Each number has a 95% interval. */
export interface RunResult {
  run: string;
  title: string;
  /** Test images. */
  images: number;
  /** Wilson's interval. */
  accuracy: Estimate;
  /** Bootstrap stratified by class, also for all that follow. */
  balancedAccuracy: Estimate;
  macroF1: Estimate;
  macroRecall: Estimate;
  macroPrecision: Estimate;
  weightedF1: Estimate;
  weightedRecall: Estimate;
  weightedPrecision: Estimate;
  kappa: Estimate;
  mcc: Estimate;
  logLoss: Estimate;
  brier: Estimate;
  expectedCalibrationError: Estimate;
  /** The temperature that was fitted to the validation images and what it makes of the test images' probabilities. */
  calibrated: {temperature: number; logLoss: number; brier: number; expectedCalibrationError: number} | null;
  /** Of the validation images. */
  validation: {accuracy: number; macroF1: number; weightedF1: number} | null;
  /** Recall and precision with Clopper-Pearson intervals, the others by bootstrap. */
  perClass: {
    class: string;
    support: number;
    recall: Estimate;
    precision: Estimate;
    f1: Estimate;
    rocAuc: Estimate | null;
    averagePrecision: Estimate | null;
  }[];
  source: Source;
}

/** A run of the study, and where it stands among the runs that differ from it in the seed alone. */
export interface StudyResult extends RunResult {
  model: string;
  /** What its body starts from: "ImageNet", "random"... */
  start: string;
  /** Of the pages of its network: docs/network-[network].md. */
  page: string;
  /** Whether it is the best of them on validation; all runs of one seed are. */
  leads: boolean;
  /** Whether it is the best on validation of all runs of its network. */
  leadsNetwork: boolean;
  /** Share of the training images. */
  fraction: number;
}

export interface Comparison {
  a: {run: string; title: string};
  b: {run: string; title: string};
  accuracy: Difference;
  macroF1: Difference;
  weightedF1: Difference;
  /** Images that only one of the two gets right, and the exact test of McNemar on them. */
  mcnemar: {onlyA: number; onlyB: number; p: number};
  /** The rows of these images. */
  apart: {onlyA: number[]; onlyB: number[]};
  /**
   * P-values of the bootstrap of the macro F1, and McNemar's, corrected for all comparisons between published results
   * (Holm).
   */
  holm: {macroF1: number; mcnemar: number};
  source: Source;
}

/** docs/data/results.json */
export interface ResultsArtifact {
  runs: StudyResult[];
  /** Runs of the study without a result: what they need, and the command that computes them. */
  planned: {run: string; title: string; needs: string; command: string}[];
  /** Logistic regression on the frozen ImageNet features: what fine-tuning has to beat. */
  probe: RunResult[];
  /** What can be had without a network. */
  baselines: RunResult[];
  ensembles: RunResult[];
  /**
   * The run that is best on validation against everything else; each network's and start's best run stands for its
   * seeds.
   */
  comparisons: Comparison[];
  /** Figures published elsewhere on the same dataset, for comparison: a different kind of number. */
  cited: CitedResult[];
}

export interface CitedResult {
  id: string;
  title: string;
  source: string;
  note: string;
  /** What it was scored on: "test", or the "validation" images of its own study. */
  split: string;
  images: number;
  accuracy: number;
  macroF1: number;
  weightedF1: number;
}

/** What a classifier says of every test image, and what is drawn from that. */
export interface RunDetail extends RunResult {
  /** Rows are the truth, columns the prediction; `rows` are the images behind the cell. */
  confusion: {actual: string; predicted: string; count: number; share: number; rows: number[]}[];
  /** By columns, one entry per test image. Labels are indices into the study's classes. */
  predictions: {row: number[]; actual: number[]; predicted: number[]; probabilities: number[][]};
  /**
   * One per class, of that class against the rest: the corners of the ROC, and the steps of the precision-recall curve
   * from recall 0 on.
   */
  curves: {falsePositiveRate: number[]; truePositiveRate: number[]; recall: number[]; precision: number[]}[];
  /**
   * Mean confidence and accuracy of the images in each bin of confidence that has any; before and after temperature
   * scaling.
   */
  reliability: {raw: ReliabilityPoint[]; calibrated: ReliabilityPoint[] | null};
}

export interface ReliabilityPoint {
  count: number;
  confidence: number;
  accuracy: number;
}

/** docs/data/network/[network].json: the runs of one network, and the probe on it. */
export interface NetworkResultsArtifact {
  model: string;
  title: string;
  /** All that have a result, the probe among them. */
  runs: {run: string; title: string}[];
  /** The one that is shown first: of the runs the best on validation. */
  first: RunDetail | null;
}

/** docs/data/network-rest/[network].json: the other runs, which are loaded when one of them is chosen. */
export interface NetworkRestArtifact {
  runs: RunDetail[];
}

/** Epochs in a row that train the same layers on images of one size. */
export interface TrainingPhase {
  phase: string;
  /** Side of the images, in pixels. */
  size: number;
  firstEpoch: number;
  lastEpoch: number;
  /** Counted from 0 over all phases. */
  firstStep: number;
  steps: number;
  /** The highest learning rate of its steps. */
  peakRate: number;
  /** The epoch of the best weighted F1 on validation, with that and its loss. */
  bestEpoch: number;
  weightedF1: number;
  validationLoss: number;
  imagesPerSecond: number;
  seconds: number;
}

/** A search for a learning rate before a phase, by columns: one entry a step. */
export interface FinderArtifact {
  phase: string;
  rates: number[];
  losses: number[];
  smoothed: number[];
  /** Where the smoothed loss falls fastest. */
  suggestion: number | null;
}

/** The training of a run. What is optional is absent from results that are older than its recording. */
export interface RunHistory {
  run: string;
  title: string;
  procedure: string;
  epochs: {
    epoch: number;
    phase: string;
    /** Side of the images, in pixels. */
    size: number;
    trainLoss: number;
    validationLoss: number;
    validationAccuracy: number;
    validationMacroF1: number;
    validationWeightedF1: number;
    /** Scores on validation, in the order of the study's classes; null where a class was never predicted. */
    perClass?: {precision: number | null; recall: number; f1: number | null}[];
    imagesPerSecond: number;
    /** Share of the time that steps waited for images. */
    waiting?: number;
    seconds: number;
    /** The largest resident memory so far, in bytes. */
    peakMemory?: number;
    /** The epoch whose weights were kept. */
    selected: boolean;
  }[];
  phases: TrainingPhase[];
  /** By columns: averages of neighbouring steps where there are more than a chart can show. */
  steps: {step: number[]; rate: number[]; momentum?: number[]; loss?: number[]; gradientNorm?: number[]};
  finders?: FinderArtifact[];
  parameters: number;
  source: Source;
}

/** docs/data/history.json */
export interface HistoryArtifact {
  /** All that have been trained. */
  runs: {run: string; title: string}[];
  /** The one that is shown first: the best on validation. */
  first: RunHistory | null;
}

/** docs/data/history-rest.json: the other runs, which are loaded when one of them is chosen. */
export interface HistoryRestArtifact {
  runs: RunHistory[];
}

/** A map of the test images: places as whole numbers from -999 to 999, and how far the picture can be trusted. */
export interface PlaneMap {
  x: number[];
  y: number[];
  /** Venna & Kaski 2001. */
  trustworthiness: number;
  continuity: number;
  /** Share of the nearest neighbours that are of the same class. */
  purity: number;
  /** What aligning it to the first map leaves, from 0 (the same shape) to 1. */
  disparity: number;
}

/**
 * docs/runs/map/[run].json: t-SNE of a run's pooled features of the test images, as `map`: null where it has no result.
 */
export interface MapArtifact {
  run: string;
  title: string;
  /** The first one's map is shown first. */
  perplexities: number[];
  /** Of the starts: null stands for principal components, which need none. */
  seeds: (number | null)[];
  /** Neighbours that every measure counts. */
  neighbourCount: number;
  /** One entry per point, here and below. */
  row: number[];
  actual: number[];
  predicted: number[];
  probabilities: number[][];
  /** How a source numbered its patients in the files' names, as an index into `numberings`; -1 where it did not. */
  numbering: number[];
  numberings: string[];
  /** One per perplexity and seed. */
  maps: (PlaneMap & {perplexity: number; seed: number | null; kl: number})[];
  pca: PlaneMap;
  /** Class purity in the features. */
  purity: number;
  /** Percentages of neighbours that the maps of two starts share: one list per perplexity. */
  stability: number[][];
  /** The nearest points in the features, nearest first, as places in these lists. */
  neighbours: number[][];
  source: Source;
}

/** docs/runs/film/[run].json: how a run's first map came about, as `film`: null where it has no result. */
export interface FilmArtifact {
  run: string;
  perplexity: number;
  /** Iterations from one frame to the next. */
  every: number;
  /** Base64 of a byte per coordinate, point by point: 128 is the centre, 1 and 255 are the frame's own edges. */
  frames: string[];
  source: Source;
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
  /**
   * One string per image: the grid, row-major, as base64 of one byte per cell, 255 the map's own peak; "" where empty.
   */
  grid: string[];
}

/** A mean over n images. */
export interface MeanEstimate extends Estimate {
  n: number;
}

/** Of a run's maps, of a uniform and of a centred map, and how much more the run's have than the uniform. */
export interface Judgement {
  map: MeanEstimate;
  uniform: number;
  centre: number;
  gain: MeanEstimate;
}

/** docs/data/explanations.json: what the tests of the maps found. */
export interface ExplanationsArtifact {
  /** Images, steps and parts of the tests that run on a sample. */
  sample: {images: number; steps: number; parts: number; seed: number};
  /**
   * The runs that have maps, and whether they lead: of those that see all images and differ in the seed only, the best
   * on validation.
   */
  runs: {run: string; title: string; model: string; network: string; start: string; leads: boolean}[];
  attention: {
    run: string;
    title: string;
    /**
     * By region, apart for images that the network has been trained on. Images with the region marked, and those of
     * them whose map is not empty (n).
     */
    table: {region: string; seen: boolean; images: number; energy: Judgement; hits: Judgement}[];
    /**
     * Maps that lie mostly outside the lungs, the furthest first: "test/12", by which measure, and the share of the
     * energy.
     */
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
  /** Rank correlation of the maps of two of the runs. */
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

/**
 * docs/data/augmentations.json: what training makes of its images. They are cells of docs/data/augmentations.jpg, named
 * by number: first the originals, then the copies, then the mixes.
 */
export interface AugmentationsArtifact {
  /** Title of the procedure whose settings are shown. */
  procedure: string;
  /** Title of the dataset, and whether its images are drawn because no radiographs were present at build. */
  dataset: string;
  synthetic: boolean;
  /** How to cut the sheet; its rows are the numbers of the cells. */
  sheet: ImagesArtifact;
  /** One training image of each class; `row` is its row number in the training list. */
  originals: {cell: number; class: string; row: number}[];
  /** Augmented copies of the first original: what was drawn for each. */
  copies: {
    cell: number;
    mirrored: boolean;
    /** Anticlockwise. */
    degrees: number;
    zoom: number;
    /** By how much each side is made longer, as a share of it: right, left, bottom, top. */
    warp: number[];
    /** What the middle grey becomes; 0.5 is no change. */
    brightness: number;
    /** Factor of the grey levels' logits. */
    contrast: number;
    /** Square holes. */
    holes: number;
  }[];
  /** Alpha of mixup's Beta distribution, 0 for none. */
  alpha: number;
  /** Mixed originals, the most even first: `share` is the own image's, the rest the partner's. */
  mixes: {cell: number; own: number; partner: number; share: number}[];
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
}

/**
 * docs/data/first-filters.json: the first convolution of the best run of every network and start, before and after
 * training.
 */
export type FirstFiltersArtifact = RunFilters[];

export interface RunFilters {
  run: string;
  title: string;
  layer: string;
  /** Side of a filter, in pixels. */
  size: number;
  /**
   * Of the whole layer: the cosine of the angle between before and after, and the length of the change as a share of
   * before's.
   */
  cosine: number;
  change: number;
  /**
   * One entry per filter. Pixels are base64 of one byte for red, green and blue each, row-major: 128 is zero, and the
   * largest weight before or after is 1 or 255.
   */
  filters: {before: string; after: string; cosine: number; change: number}[];
  source: Source;
}

/** docs/data/ensembles.json: what it takes to weigh the pretrained networks anew in the browser. */
export interface EnsemblesArtifact {
  classes: string[];
  /** Indices into `classes`, one per test image. */
  labels: number[];
  row: number[];
  members: {
    run: string;
    title: string;
    /** Base64 of float32, little-endian, row-major [labels, classes]. */
    probabilities: string;
    /** Whether it is the best of them on validation. */
    leads: boolean;
    result: RunResult;
  }[];
  /** Fewer than two members are no ensemble: then there are none. `weights` are in the order of the members. */
  ways: {way: string; title: string; weights: number[]; onTest: boolean; result: RunResult}[];
  /** Weights are searched in steps of one over `resolution`, at all of so many points. */
  grid: {resolution: number; points: number};
  /**
   * The state from which the bootstrap's random numbers start (mulberry32), so that the page draws what the study
   * draws.
   */
  randomState: number;
  source: Source[];
}

/** Over seeds: the mean, its range, and Student's t interval of the mean at 95%, which one seed does not have. */
export interface SeedSpread {
  n: number;
  mean: number;
  min: number;
  max: number;
  interval: {low: number; high: number} | null;
}

/** Twins that differ in the start alone, seed by seed: by how much the first ends better than the second. */
export interface StartPair {
  model: string;
  /** Title of the network, with the procedure's budget where its runs have several. */
  network: string;
  start: string;
  /** What the second starts from, in words. */
  less: string;
  fraction: number;
  /** The paired bootstrap over test images. */
  seeds: {seed: number; pretrained: string; scratch: string; sameProcedure: boolean; difference: Difference}[];
  /** Another uncertainty, of the differences over seeds. */
  spread: SeedSpread;
  source: Source[];
}

/**
 * A difference between twins in one measure: by the paired bootstrap over test images for each seed, and over the
 * seeds.
 */
export interface Gain {
  seeds: {seed: number; difference: Difference}[];
  spread: SeedSpread;
}

/** Twins on all images, from ImageNet and from random weights: the difference in each class. */
export interface ClassGains extends Pick<StartPair, "model" | "network" | "start" | "less" | "fraction"> {
  /**
   * The class with the fewest test images, null where several have as few; its share of each seed's gain in macro F1,
   * null where a share says nothing.
   */
  rarest: string | null;
  shares: (number | null)[];
  /** In the mean F1 of the other classes. */
  others: Gain;
  classes: {class: string; images: number; recall: Gain; f1: Gain}[];
  source: Source[];
}

export interface EpochScore {
  epoch: number;
  /** Side of the images of that epoch, in pixels. */
  size: number;
  weightedF1: number;
}

/** docs/data/pretraining.json */
export interface PretrainingArtifact {
  /** Scores on validation of which it is told when each run first had them. */
  levels: number[];
  runs: {
    run: string;
    title: string;
    model: string;
    /** Title of the network, with the procedure's budget where its runs have several; and what its body starts from. */
    network: string;
    start: string;
    seed: number;
    fraction: number;
    /** Macro F1 on validation after each epoch, and how many batches an epoch has. */
    validation: number[];
    batches: number;
    /**
     * The epoch whose weights were kept, and the one with the highest weighted F1 on validation, at the size of its
     * images.
     */
    kept: EpochScore;
    best: EpochScore;
    /** One for each level: epochs until it was reached; all of the run's epochs where it was not. */
    reached: {epochs: number; reached: boolean}[];
    macroF1: Estimate;
    source: Source;
  }[];
  /** Of each network, start and share of the images: how much better than from random weights, seed by seed. */
  pairs: StartPair[];
  /** The same of ImageNet against random weights of its scale. */
  scale: StartPair[];
  /** In which classes ImageNet helps. */
  byClass: ClassGains[];
}

/** docs/data/claims.json: what the report claims, and what its results say of that. */
export interface ClaimsArtifact {
  claims: {
    id: string;
    statement: string;
    source: string;
    /** What the status rests on: "over seeds, paired test". */
    strength: string;
    status: "supported" | "not supported" | "cannot tell";
    /** The numbers that say so, and of which of them there is more to show, in their order. */
    because: string;
    figures?: Figure[];
  }[];
  /** Of all results that the claims are tested over. */
  sources: Source[];
}

/** docs/data/cost.json */
export interface CostArtifact {
  /** Networks of the study. */
  networks: {
    model: string;
    title: string;
    /** With the head of the study's classes, at 224 pixels. */
    cost: Cost;
    /** Bytes of the weights in float32, with the moving statistics. */
    bytes: number;
    /** How long one image takes, on every backend that has been measured, the fastest first. */
    times: {
      backend: string;
      device?: string;
      /** Side of the images that were predicted, in pixels. */
      size: number;
      /** Milliseconds for one image, by batch size. */
      measured: {batch: number; median: number; lower: number; upper: number}[];
    }[];
    source: Source[];
  }[];
  /** Every trained run: what it took and what it reached. */
  runs: {
    run: string;
    title: string;
    model: string;
    start: string;
    /** Share of the training images. */
    fraction: number;
    leads: boolean;
    epochs: number;
    seconds: number;
    /** Images that went forward and backward through the network. */
    imagePasses: number;
    macroF1: Estimate;
    weightedF1: Estimate;
    accuracy: Estimate;
    balancedAccuracy: Estimate;
    source: Source;
  }[];
}

/** A share of some images that a run gets right, on validation and on test; null where there are none of them. */
export interface Shift {
  validation: Estimate | null;
  test: Estimate | null;
}

/** docs/data/limits.json: what the results say of their own limits. */
export interface LimitsArtifact {
  /** Epochs of all runs, after each of which the validation images were scored. */
  epochs: number;
  /** Of the run that is best on validation: recall with exact intervals. Null where no run has a result. */
  best: {
    run: string;
    title: string;
    byClass: (Shift & {class: string})[];
    /** The same by the series in which a source numbered its images. */
    bySeries: (Shift & {class: string; series: string; train: number})[];
    source: Source;
  } | null;
  /**
   * Test images that none of the runs on all training images gets right, of the class whose recall falls most on test.
   */
  missed: {class: string; runs: number; of: number; rows: number[]; sources: Source[]} | null;
  /**
   * Predictions with changed copies whose rule is an earlier one, of those that there are; only of stages that have
   * such.
   */
  earlier: {stage: string; results: number; of: number}[];
}

/** How alike two networks see the test images at one layer. */
export interface LayerSimilarity {
  layer: string;
  /** Layers with a kernel up to here, as a share of the body's. */
  depth: number;
  /** Linear CKA, Kornblith et al. 2019: 1 the same, 0 nothing in common. */
  cka: number;
}

/** By depth, and means over the third of the depth next to the images and next to the head. */
interface Similarities {
  network: string;
  fraction: number;
  layers: LayerSimilarity[];
  lowest: number;
  highest: number;
  source: Source;
}

/** docs/data/feature-change.json */
export interface FeatureChangeArtifact {
  /** Of every run, its features before the first step with its last ones. */
  runs: (Similarities & {run: string; title: string; start: string; seed: number})[];
  /** Of two runs that differ in the seed alone, or in the start and what belongs to it, the last features. */
  pairs: (Similarities & {a: string; b: string; starts: [string, string]; seeds: [number, number]})[];
}

/** docs/data/published-networks.json: what `npm run predict` needs neither data nor training for. */
export interface PublishedNetworksArtifact {
  networks: {
    run: string;
    title: string;
    /** Of the weights in float16. */
    bytes: number;
    /** What rounding to float16 did to the validation images' probabilities. */
    rounding: {
      images: number;
      largestChange: number;
      /** Images whose most likely class is another one. */
      changedClass: number;
      logLoss: {exact: number; rounded: number};
    };
    /** Images whose features the distances are to. */
    trainingImages: number;
    source: Source[];
  }[];
  /** What folders of classes are to be called. */
  classes: string[];
}

/** What the images of one label are taken for. */
export interface ExternalGroup {
  /** "home", the study's own test images, or the name of a collection. */
  collection: string;
  /** In the collection's own words. */
  label: string;
  images: number;
  /** How many patients they are of; null where the lists do not tell. */
  patients: number | null;
  /** The share that is taken for each of the study's classes, in their order, with Wilson's interval. */
  takenFor: Estimate[];
}

/** A network, or several joined with equal weights, on images from elsewhere. */
export interface ExternalRun {
  run: string;
  title: string;
  ensemble: boolean;
  /** Title of the network and what its body starts from; absent of an ensemble. */
  network?: string;
  start?: string;
  /** Whether it is the best on validation of those that are no ensemble. */
  leads: boolean;
  groups: ExternalGroup[];
  /**
   * How well the probability of "normal" ranks healthy images before others: area under the ROC; null where too few
   * are.
   */
  areas: {collection: string; area: Estimate | null}[];
  source: Source[];
}

/** docs/data/external.json: what the study's networks make of radiographs from other hospitals. */
export interface ExternalArtifact {
  classes: string[];
  collections: {
    collection: string;
    title: string;
    /** That could be read, and the median of their sizes in pixels. */
    images: number;
    width: number;
    height: number;
    patients: number;
    /**
     * Images that are not counted: as many as the study's training and test lists hold too, and as many as repeat
     * others.
     */
    left: {train: number; test: number; own: number};
    source: Source[];
  }[];
  runs: ExternalRun[];
  /** Pretrained less random weights on the same images, for each label: in the share that is taken for COVID-19. */
  pairs: {
    title: string;
    start: string;
    collection: string;
    groups: {label: string; difference: Difference}[];
    area: Difference | null;
    source: Source;
  }[];
  /** Runs without a result, and why. */
  missing: {title: string; missing: string}[];
}

/** docs/data/versions.json: the published results in the versions that the repository's history keeps. */
export interface VersionsArtifact {
  /** What names a version; null without a repository. */
  kind: "tags" | "commits" | null;
  /** Whether older versions may lie beyond the end of a shallow clone. */
  shallow: boolean;
  /** This one, then the others, the newest first. `results` are places in the list of all results. */
  versions: {name: string; commit: string | null; date: string | null; results: number[]}[];
  results: VersionedResult[];
}

/** A published result as some version has it. Digests are shortened to 10 hexadecimal digits. */
export interface VersionedResult {
  id: string;
  identity: string;
  key: string;
  /** Of its value. */
  digest: string;
  /** Of predictions, on the images that they are of. */
  accuracy: number | null;
  macroF1: number | null;
}

/** docs/data/plausibility.json: what `npm run predict` flags. */
export interface PlausibilityArtifact {
  networks: {
    run: string;
    title: string;
    groups: {
      /** Upright frontal radiographs of a collection, or what is none. */
      side: "frontal" | "other";
      kind: string;
      /** Whether the detector was shown such changes, of other radiographs. */
      taught: boolean;
      /** Images that pixels, and that features speak against. */
      pixels: number;
      features: number;
      flagged: Estimate;
    }[];
    /** Of all groups of a side. */
    frontal: Estimate;
    other: Estimate;
    /** The same at other limits, by the share of the radiographs that set them which may be beyond each. */
    curve: {tolerated: number; frontal: Estimate; other: Estimate}[];
    /** Of images that chose the detector: how many of each group every way of telling flags. */
    candidates: {side: "frontal" | "other"; kind: string; n: number; flagged: Record<string, number>}[];
    source: Source[];
  }[];
  /** Of each set of radiographs that sets limits, the share that may be beyond a limit. */
  toleratedShare: number;
}
