import type {NotTaken} from "./not-taken.js";
import type {Rows} from "./rows.js";

/** The two lists of a dataset. Validation images are drawn from "train" later, by `validationSplit`. */
export type Split = "train" | "test";

export const splits: readonly Split[] = ["train", "test"];

/** Which image this is, wherever it is listed, read or judged. Never published: results name an image by its row. */
export interface ImageId {
  /** The dataset that the image belongs to; "own" where somebody gave it. */
  collection: string;
  /** Unique per person within a series, as far as the list tells; the file's own name where it tells nothing. */
  patient: string;
  /** The name in the list; may hold spaces. */
  file: string;
}

/** An image that is known and not yet opened. */
export interface ListedImage {
  id: ImageId;
  /** Where the file should lie, or a virtual path ("phantom:...") that the decoder draws. */
  path: string;
  /** Index into the dataset's classes. */
  label: number;
}

/** One image of a dataset. */
export interface Example extends ListedImage {
  /** Counts from 0 in its split's list: the only name of an image that results carry. */
  row: number;
  split: Split;
  /**
   * Which series of numbers the patient's belongs to, where a dataset has patients of several that were numbered apart.
   */
  family?: string;
}

/** What is odd about the lists themselves, before any image is opened. */
export interface ListNotes {
  /** Lines that repeat an earlier one of the same list; counted once. Lines count from 1. */
  duplicateLines: {split: Split; line: number; firstLine: number; file: string}[];
  /** Files named in both lists. */
  inBothSplits: {file: string; train: number; test: number}[];
  /** What else lies in the folder that the images were taken from. */
  notTaken?: NotTaken[];
}

export interface Dataset {
  name: string;
  title: string;
  classes: readonly string[];
  train: Example[];
  test: Example[];
  /** Rows of the training list that its source set apart to validate on; absent where a study draws them. */
  validation?: number[];
  /** The share of each class that was drawn by chance to test on; absent where the source set test images apart. */
  testShare?: number;
  notes: ListNotes;
  /** What to do about images that cannot be read, where more is known than to replace or remove them. */
  remedy?: string;
}

/** Grey pixels of some examples of one split, one byte each, row-major, shape [n, size, size]. */
export interface Pixels {
  size: number;
  /** The row of each image, in the order of the examples given. */
  rows: Rows;
  labels: Int32Array;
  data: Uint8Array;
}

/** An image that was left out: it is missing, empty, or cannot be decoded. */
export interface Problem {
  split: Split;
  row: number;
  file: string;
  label: number;
  reason: string;
}

/** The images of a split that could be opened, by columns: entry i of each column is one image. */
export interface SplitInventory {
  listed: number;
  present: number;
  /** Images that could be opened, by class. */
  byClass: number[];
  rows: Rows;
  labels: Int32Array;
  /** Original size in pixels, upright. */
  width: Int32Array;
  height: Int32Array;
  /** Number of the patient's name, which stays out of results. Who is who, the series says too: see `patientsOf`. */
  patients: Int32Array;
  /** Index into `Inventory.families`, or -1. */
  families: Int32Array;
  problems: Problem[];
}

/** Images of one content: the same bytes under several rows. */
export interface DuplicateGroup {
  images: {split: Split; row: number; label: number}[];
  /** Whether train and test share the content, and whether it carries different labels. */
  acrossSplits: boolean;
  acrossClasses: boolean;
}

/**
 * What was found when every file of a dataset was opened: counts, row numbers, and the names of files that could not be
 * read. No list of files, so that it may be published.
 */
export interface Inventory {
  name: string;
  title: string;
  classes: string[];
  /** SHA-256 over lists and images, as `datasetDigest` gives it. */
  digest: string;
  splits: Record<Split, SplitInventory>;
  duplicates: DuplicateGroup[];
  /** Names of the numbering families, for `SplitInventory.families`. */
  families: string[];
  /** As in `Dataset`. */
  validation?: number[];
  testShare?: number;
  notes: ListNotes;
}
