import type {NotTaken} from "../../lib/dataset/not-taken.js";
import type {Source} from "../shared/source.js";

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
