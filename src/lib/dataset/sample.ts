import {type Random, shuffle} from "../measures/random.js";
import {type Positions, toPositions} from "./rows.js";

/**
 * Positions of some images, in order, of every class as many as there are or as many as of the others: images are taken
 * class by class in turn until there are enough.
 */
export function balancedSample(labels: ArrayLike<number>, count: number, random: Random): Positions {
  const positions = shuffle(
    Array.from(labels, (_, i) => i),
    random
  );
  const seen: number[] = [];
  const turns = new Map(positions.map((at) => [at, (seen[labels[at]] = (seen[labels[at]] ?? 0) + 1)]));
  const order = positions.sort((a, b) => turns.get(a)! - turns.get(b)!);
  return toPositions(Int32Array.from(order.slice(0, count)).sort());
}
