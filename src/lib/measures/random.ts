/** A stream of uniform numbers in [0, 1). Injected wherever chance is needed; nothing calls `Math.random`. */
export type Random = () => number;

/** A stream whose position can be saved in a checkpoint and restored. */
export interface ResumableRandom extends Random {
  state: number;
}

/** The mulberry32 generator (T. Ettinger, 2017): 32 bits of state, uniform in [0, 1), the same on every platform. */
export function mulberry32(seed: number): ResumableRandom {
  // A variable: a property of the function would be several times as slow, which bootstraps feel.
  let state = seed | 0;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return Object.defineProperty(random as ResumableRandom, "state", {
    get: () => state >>> 0,
    set: (value: number) => {
      state = value | 0;
    }
  });
}

/** The 32-bit FNV-1a hash of a string (Fowler, Noll and Vo): turns a name into a seed. */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

/** A stream for one named purpose under a seed, so that adding a purpose leaves the others' numbers unchanged. */
export const stream = (seed: number, purpose: string) => mulberry32(fnv1a32(`${seed}/${purpose}`));

/** A standard normal number (Box and Muller, 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Shuffles in place (Fisher and Yates) and returns the array. */
export function shuffle<T extends {length: number; [index: number]: unknown}>(items: T, random: Random): T {
  for (let i = items.length - 1; i > 0; --i) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j], items[i]];
  }
  return items;
}
