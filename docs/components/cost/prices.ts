import type {CostArtifact} from "../../../src/report/cost/artifact.js";
import {percent} from "../shared/format.js";

type Network = CostArtifact["networks"][number];
type Run = CostArtifact["runs"][number];

/** What can be paid: to store the network, to predict an image, to train it. */
export interface Price {
  title: string;
  of: (network: Network | undefined, run: Run) => number | undefined;
  /** Paid once, in training. */
  training?: boolean;
}

const toStore: Price[] = [
  {title: "Multiplications for an image", of: (network) => network?.cost.macs},
  {title: "Parameters", of: (network) => network?.cost.parameters},
  {title: "Bytes of the weights", of: (network) => network?.bytes}
];
const toTrain: Price[] = [
  {title: "Image passes in training", of: (_, run) => run.imagePasses, training: true},
  {title: "Seconds of training", of: (_, run) => run.seconds, training: true}
];

/** Times compare networks only on the same backend. */
const toPredict = (backend: string): Price[] =>
  Object.entries({alone: 1, "32 at a time": 32}).map(([how, batch]) => ({
    title: `Milliseconds for an image, ${how} (${backend})`,
    of: (network) =>
      network?.times.find((time) => time.backend === backend)?.measured.find((time) => time.batch === batch)?.median
  }));

/** What is bought. */
export const goods = {
  macroF1: "macro F1",
  weightedF1: "weighted F1",
  accuracy: "accuracy",
  balancedAccuracy: "balanced accuracy"
} as const;

export interface Deal {
  price: Price;
  good: keyof typeof goods;
}

/** The prices that are known of a run at least: times that nobody has measured are none. */
export function pricesOf(artifact: CostArtifact): Price[] {
  const backends = new Set(artifact.networks.flatMap(({times}) => times.map(({backend}) => backend)));
  return [...toStore, ...[...backends].flatMap(toPredict), ...toTrain].filter(
    (price) => costRows(artifact, {price, good: "macroF1"}).length
  );
}

/**
 * The best run of each network and start with its price, as far as it is known. Runs on a part of the training images
 * are cheaper to train and cost as much as others in all else, where they would say nothing.
 */
export function costRows({networks, runs}: CostArtifact, {price: {of, training}, good}: Deal) {
  return runs.flatMap((run) => {
    const network = networks.find(({model}) => model === run.model);
    const paid = of(network, run);
    if (!run.leads || paid === undefined || (run.fraction < 1 && !training)) return [];
    const {run: id, title, start, fraction} = run;
    // Short, since runs on a part of the images lie close to each other; the tip has the whole title.
    const label = fraction < 1 ? percent(fraction, 0) : (network?.title ?? run.model);
    return [{run: id, title, start, fraction, label, price: paid, ...run[good]}];
  });
}
