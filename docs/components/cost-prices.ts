import type {CostArtifact} from "../../src/loaders/types.js";
import {percent} from "./format.js";

type Network = CostArtifact["networks"][number];
type Run = CostArtifact["runs"][number];

const milliseconds = (batch: number) => (network: Network | undefined) =>
  network?.inference?.find((time) => time.batch === batch)?.median;

interface Cost {
  title: string;
  of: (network: Network | undefined, run: Run) => number | undefined;
  /** Paid once, in training. */
  training?: boolean;
}

/** What can be paid: to store the network, to predict an image, to train it. */
const costs = {
  macs: {title: "Multiplications for an image", of: (network) => network?.cost.macs},
  parameters: {title: "Parameters", of: (network) => network?.cost.parameters},
  bytes: {title: "Bytes of the weights", of: (network) => network?.bytes},
  alone: {title: "Milliseconds for an image alone", of: milliseconds(1)},
  together: {title: "Milliseconds for an image, 32 at a time", of: milliseconds(32)},
  passes: {title: "Image passes in training", of: (_, run) => run.imagePasses, training: true},
  seconds: {title: "Seconds of training", of: (_, run) => run.seconds, training: true}
} satisfies Record<string, Cost>;
export type Price = keyof typeof costs;

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

export const priceTitle = (price: Price): string => costs[price].title;

/** The prices that are known of a run at least: times that nobody has measured are none. */
export const pricesOf = (artifact: CostArtifact): Price[] =>
  (Object.keys(costs) as Price[]).filter((price) => costRows(artifact, {price, good: "macroF1"}).length);

/**
 * The best run of each network and start with its price, as far as it is known. Runs on a part of the training images are cheaper
 * to train and cost as much as others in all else, where they would say nothing.
 */
export function costRows({networks, runs}: CostArtifact, {price, good}: Deal) {
  const {of, training}: Cost = costs[price];
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
