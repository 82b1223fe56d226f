import type {Random} from "../../measures/random.js";

/** A smooth random field over the plane: repeats every 64 units, values in [-1, 1], features about one unit wide. */
export type Field = (x: number, y: number) => number;

const period = 64;

/** Value noise (Perlin 1985's lattice with smooth interpolation between random values). */
export function valueNoise(random: Random): Field {
  const lattice = Float32Array.from({length: period * period}, () => 2 * random() - 1);
  return (x, y) => {
    const i = Math.floor(x);
    const j = Math.floor(y);
    const u = fade(x - i);
    const v = fade(y - j);
    const left = i & (period - 1);
    const right = (i + 1) & (period - 1);
    const top = (j & (period - 1)) * period;
    const bottom = ((j + 1) & (period - 1)) * period;
    const above = lattice[top + left] + u * (lattice[top + right] - lattice[top + left]);
    const below = lattice[bottom + left] + u * (lattice[bottom + right] - lattice[bottom + left]);
    return above + v * (below - above);
  };
}

/** Three octaves of a field, each half as wide and half as strong as the one before. */
export const octaves =
  (field: Field): Field =>
  (x, y) =>
    (4 * field(x, y) + 2 * field(2 * x + 17.3, 2 * y + 5.1) + field(4 * x + 3.7, 4 * y + 29.9)) / 7;

const fade = (t: number) => t * t * (3 - 2 * t);

/** Rises smoothly from 0 to 1 as t goes from -0.5 to 0.5: an edge one unit wide. */
export const edge = (t: number) => (t <= -0.5 ? 0 : t >= 0.5 ? 1 : fade(t + 0.5));

/** A bell of height 1 and standard deviation 1, cut off where it is below a thousandth. */
export const bell = (t: number) => (t * t > 14 ? 0 : Math.exp(-0.5 * t * t));
