/**
 * A projective map of the plane: nine numbers of a 3x3 matrix, row-major, that take (x, y, 1) to (x', y', 1) times a
 * factor. Here every map says, for a point of the changed image, where in the original its grey level is found, as
 * fastai v1's flow fields do. Coordinates are relative: -1 and 1 are the middles of the first and the last pixel.
 */
export type Homography = readonly number[];

/** One map after another: the last one given is applied to a point first. */
export const compose = (...maps: Homography[]): Homography => maps.reduce(multiply);

const multiply = (a: Homography, b: Homography): Homography =>
  Array.from({length: 9}, (_, i) => {
    const [row, column] = [i - (i % 3), i % 3];
    return a[row] * b[column] + a[row + 1] * b[column + 3] + a[row + 2] * b[column + 6];
  });

/** The way back, up to the factor that a projective map leaves open: the adjugate of the matrix. */
export function invert([a, b, c, d, e, f, g, h, i]: Homography): Homography {
  return [
    ...[e * i - f * h, c * h - b * i, b * f - c * e],
    ...[f * g - d * i, a * i - c * g, c * d - a * f],
    ...[d * h - e * g, b * g - a * h, a * e - b * d]
  ];
}

/** Left to right. */
export const mirror: Homography = [-1, 0, 0, 0, 1, 0, 0, 0, 1];

/** A turn about the middle. */
export function rotation(degrees: number): Homography {
  const [cos, sin] = [Math.cos, Math.sin].map((ratio) => ratio((degrees * Math.PI) / 180));
  return [cos, -sin, 0, sin, cos, 0, 0, 0, 1];
}

/**
 * Enlarges by a factor of 1 or more about the point at these shares (0 to 1) of the width and height, which stays where
 * it is.
 */
export function zoom(factor: number, column: number, row: number): Homography {
  const [scale, rest] = [1 / factor, 1 - 1 / factor];
  return [scale, 0, rest * (2 * column - 1), 0, scale, rest * (2 * row - 1), 0, 0, 1];
}

/** How much longer, as a share of itself, a symmetric warp makes each side of the image; shorter if negative. */
export type Warp = readonly [right: number, left: number, bottom: number, top: number];

/**
 * fastai v1's `symmetric_warp`, a view from aside or from above: the image's corners move along its sides, evenly at
 * both ends of a side, so that (-1, -1) goes to (-1 - top, -1 - left) and so on. In closed form: with half lengths
 * a (right), b (left), c (bottom) and d (top), the third coordinate 1 + ex + fy makes the four corners meet.
 */
export function symmetricWarp(warp: Warp): Homography {
  const [a, b, c, d] = warp.map((magnitude) => 1 + magnitude);
  const e = (b - a) / (a + b);
  const f = (d - c) / (c + d);
  const forth = [
    ...[(2 * c * d) / (c + d), (e * (c - d)) / 2, (e * (c + d)) / 2],
    ...[(f * (a - b)) / 2, (2 * a * b) / (a + b), (f * (a + b)) / 2],
    ...[e, f, 1]
  ];
  return invert(forth);
}
