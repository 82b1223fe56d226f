import type {Estimate} from "../../lib/measures/interval.js";
import type {Source} from "../shared/source.js";

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
