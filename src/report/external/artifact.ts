import type {Estimate, EstimateWith} from "../../lib/measures/interval.js";
import type {Source} from "../shared/source.js";

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
  takenFor: EstimateWith<"k" | "n">[];
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
    groups: {label: string; difference: EstimateWith<"p">}[];
    area: EstimateWith<"p"> | null;
    source: Source;
  }[];
  /** Runs without a result, and why. */
  missing: {title: string; missing: string}[];
}
