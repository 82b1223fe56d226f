import {randomBeta} from "d3";
import type {Random} from "../support/random.js";
import {shuffle} from "../support/random.js";

/** Examples: values and targets, both row-major with as many rows as there are examples. */
export interface Batch {
  values: Float32Array;
  targets: Float32Array;
}

/**
 * Mixup (Zhang et al., 2018, arXiv:1710.09412) as in fastai v1: the batch is averaged with itself in random order,
 * an example's own share being max(s, 1 - s) of an s from Beta(alpha, alpha); the targets are averaged in the same way.
 */
export function mixup({values, targets}: Batch, count: number, alpha: number, random: Random): Batch {
  const draw = randomBeta.source(random)(alpha, alpha);
  const partners = shuffle([...Array(count).keys()], random);
  const pairs = partners.map((partner) => {
    const share = draw();
    return {partner, share: Math.max(share, 1 - share)};
  });
  const mix = (rows: Float32Array) => {
    const width = rows.length / count;
    const mixed = new Float32Array(rows.length);
    pairs.forEach(({share, partner}, i) => {
      for (let own = i * width, other = partner * width; own < (i + 1) * width; ++own, ++other) {
        mixed[own] = share * rows[own] + (1 - share) * rows[other];
      }
    });
    return mixed;
  };
  return {values: mix(values), targets: mix(targets)};
}
