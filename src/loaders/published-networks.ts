import {plan, resolve} from "../lib/pipeline/index.js";
import type {Run} from "../lib/study/schema.js";
import {inventory} from "../report/data/dataset.js";
import {outlierDetector} from "../report/predict/outlier-detector.js";
import {weightRounding} from "../report/runs/weight-rounding.js";
import {hasPublishedWeights} from "../report/runs/weights.js";
import {study} from "../study.js";
import {round} from "../report/shared/rounding.js";
import {attempt, sourceOf, titleOf} from "../report/shared/support.js";
import type {PublishedNetworksArtifact} from "../report/predict/artifact.js";

/** The runs whose networks are published, and what is known of them. */
export default async function (): Promise<PublishedNetworksArtifact> {
  const networks = await Promise.all(study.runs.map(describe));
  const {classes} = (await resolve(inventory({study}))).value;
  return {networks: networks.flatMap((network) => network ?? []), classes};
}

async function describe(run: Run): Promise<PublishedNetworksArtifact["networks"][number] | undefined> {
  if (!(await hasPublishedWeights({study, run}, {plan}))) return undefined;
  const rounding = await attempt(weightRounding({study, run}));
  const detector = await attempt(outlierDetector({study, run}));
  if ("missing" in rounding || "missing" in detector) return undefined;
  const {images, bytes, largestChange, changedClass, logLoss} = rounding.value;
  return {
    run: run.id,
    title: titleOf(run),
    bytes,
    rounding: {
      images,
      largestChange: round(largestChange),
      changedClass,
      logLoss: {exact: round(logLoss.exact), rounded: round(logLoss.rounded)}
    },
    trainingImages: detector.value.images,
    source: [sourceOf(rounding), sourceOf(detector)]
  };
}
