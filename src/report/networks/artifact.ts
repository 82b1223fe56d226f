import type {Source} from "../shared/source.js";

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
