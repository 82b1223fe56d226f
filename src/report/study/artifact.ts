import type {Procedure, filledIn} from "../../lib/training/procedure.js";
import type {Fitted} from "../../lib/study/fit.js";
import type {Study} from "../../lib/study/schema.js";

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
