import type {NamedWeights} from "../models/architecture.js";
import {randomly} from "../models/initialise.js";
import {Network} from "../models/network.js";
import {assign} from "../models/weights/load.js";

/** A stage of the cascade: what has become random when the maps are drawn. */
export interface Randomised {
  /** Layers of the whole network that are random, as a share, and the lowest of them. */
  share: number;
  layer: string;
}

/**
 * Gives a network's layers new random weights from the output downwards, some at a time, each time with those above
 * still random (the cascade of Adebayo et al., 2018, arXiv:1810.03292), and calls `look` after each. The head goes
 * first, then the body in `parts` parts of as many layers. Batch norms are reset too. The network is left random.
 */
export async function randomiseDownwards(
  network: Network,
  {parts, seed}: {parts: number; seed: number},
  look: (randomised: Randomised) => Promise<void>
): Promise<void> {
  const fresh = new Network(network.architecture, network.options, randomly(seed, network.architecture.scheme));
  const random = await fresh.save();
  fresh.dispose();
  const layers = (names: Iterable<string>) => [...new Set(Array.from(names, (name) => name.replace(/\/[^/]+$/, "")))];
  const [body, head] = [network.body, network.head].map(({variables}) => layers(variables.keys()));
  const all = [...body, ...head];
  const lowest = [
    body.length,
    ...Array.from({length: parts}, (_, i) => Math.round(body.length * (1 - (i + 1) / parts)))
  ];
  for (const from of lowest) {
    const chosen = new Set(all.slice(from));
    const weights: NamedWeights = new Map([...random].filter(([name]) => chosen.has(name.replace(/\/[^/]+$/, ""))));
    assign(network.variables, weights);
    await look({share: chosen.size / all.length, layer: all[from]});
  }
}
