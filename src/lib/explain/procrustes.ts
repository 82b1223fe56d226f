import {UserError} from "../support/errors.js";

export interface Aligned {
  /** The map, moved, turned, perhaps mirrored, and scaled to the size of the other. Shape [n, 2]. */
  coordinates: Float32Array;
  /** What alignment leaves: 0 where the maps have the same shape, 1 where they have nothing in common. */
  disparity: number;
}

/**
 * Lays a map over another of the same points: the rotation, with or without a reflection, that brings corresponding
 * points closest in least squares (Gower & Dijksterhuis 2004), after both are centred. The map takes the other's size,
 * by root mean square, so that it stays legible where the two disagree. In the plane the answer has a closed form.
 * Both have shape [n, 2]. Throws `UserError` where a map's points all lie in one place.
 */
export function procrustes(map: Float32Array, target: Float32Array): Aligned {
  const from = standardised(map);
  const to = standardised(target);
  let [xx, xy, yx, yy] = [0, 0, 0, 0];
  for (let at = 0; at < map.length; at += 2) {
    xx += from.values[at] * to.values[at];
    xy += from.values[at] * to.values[at + 1];
    yx += from.values[at + 1] * to.values[at];
    yy += from.values[at + 1] * to.values[at + 1];
  }
  const turned = Math.hypot(xx + yy, xy - yx);
  const mirrored = Math.hypot(xx - yy, xy + yx);
  const sign = mirrored > turned ? -1 : 1;
  const angle = sign < 0 ? Math.atan2(xy + yx, xx - yy) : Math.atan2(xy - yx, xx + yy);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const coordinates = new Float32Array(map.length);
  for (let at = 0; at < map.length; at += 2) {
    const [x, y] = [from.values[at], sign * from.values[at + 1]];
    coordinates[at] = to.centre[0] + to.size * (cosine * x - sine * y);
    coordinates[at + 1] = to.centre[1] + to.size * (sine * x + cosine * y);
  }
  return {coordinates, disparity: Math.max(0, 1 - Math.max(turned, mirrored) ** 2)};
}

/** Centred, with a sum of squares of 1. */
function standardised(map: Float32Array) {
  const sums = [0, 0];
  map.forEach((value, at) => (sums[at % 2] += value));
  const centre = sums.map((sum) => (2 * sum) / map.length);
  const values = Float64Array.from(map, (value, at) => value - centre[at % 2]);
  const size = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  if (!(size > 0)) throw new UserError("A map whose points all lie in one place cannot be aligned.");
  return {centre, size, values: values.map((value) => value / size)};
}
