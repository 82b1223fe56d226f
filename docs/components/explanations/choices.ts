import type {ExplanationsArtifact} from "../../../src/report/explanations/artifact.js";
import type {Measure} from "./attention-chart.js";
import type {Outcome} from "./cam-list.js";
import type {Against} from "./faithfulness-chart.js";
import type {Cascade, Similarity} from "./sanity-chart.js";

/** What a reader may choose on the page of explanations, by its label. */
export const measures = new Map<string, Measure>([
  ["Energy", "energy"],
  ["Hits", "hits"]
]);

export const measureTitles = {energy: "mean share of the energy", hits: "share of maps that hit"};

export const whetherTrained = new Map([
  ["not trained on", false],
  ["trained on", true]
]);

export const againsts = new Map<string, Against>([
  ["one from the middle outwards", "centre"],
  ["chance", "random"]
]);

export const similarities = new Map<string, Similarity>([
  ["Spearman’s rank correlation", "spearman"],
  ["Structural similarity", "ssim"]
]);

export const outcomes = new Map<string, Outcome>([
  ["All", "all"],
  ["Right", "right"],
  ["Wrong", "wrong"]
]);

export const whichRuns = new Map([
  ["the best of each network and start", false],
  ["all", true]
]);

/** The tests of all runs, or of those that lead: of each network and start, on all images, the best on validation. */
export function testsOf({runs, ...tests}: ExplanationsArtifact, {all}: {all: boolean}) {
  const shown = new Map(runs.filter(({leads}) => all || leads).map((run) => [run.run, run]));
  const has = ({run}: {run: string}) => shown.has(run);
  return {
    attention: tests.attention.filter(has),
    faithfulness: tests.faithfulness.filter(has),
    sanity: tests.sanity.flatMap((one): (Cascade & {network: string})[] => {
      const run = shown.get(one.run);
      return run ? [{...one, network: run.network, start: run.start}] : [];
    }),
    agreement: tests.agreement.filter(({a, b}) => shown.has(a) && shown.has(b))
  };
}
