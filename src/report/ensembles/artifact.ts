import type {RunResult} from "../results/artifact.js";
import type {Source} from "../shared/source.js";

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
  source: Source[];
}
