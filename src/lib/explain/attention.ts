/** The energy of a map inside a mask, as a share of all its energy; undefined where the map is empty. */
export function energyShare(map: ArrayLike<number>, mask: Uint8Array): number | undefined {
  let [inside, all] = [0, 0];
  for (let at = 0; at < mask.length; ++at) {
    inside += (map[at] * mask[at]) / 255;
    all += map[at];
  }
  return all > 0 ? inside / all : undefined;
}

/**
 * How far beside a region a map's peak may lie and still be a hit: this share of the image's side, as 15 of about 500
 * pixels in Zhang et al.
 */
export const tolerance = 0.03;

/**
 * The pointing game (Zhang et al., 2016, arXiv:1608.00507): whether a map's largest value lies in a region or at most
 * `tolerance` beside it. Of several largest values each counts its share, so that a uniform map scores what chance
 * does. Undefined where the map is empty.
 * @param map and mask are row-major [size, size]
 */
export function pointsAt(map: ArrayLike<number>, mask: Uint8Array, size: number): number | undefined {
  let [peak, hits, count] = [0, 0, 0];
  const near = within(mask, size, tolerance * size);
  for (let at = 0; at < mask.length; ++at) {
    if (map[at] > peak) [peak, hits, count] = [map[at], 0, 0];
    if (map[at] < peak || peak === 0) continue;
    hits += Number(near(at));
    count += 1;
  }
  return peak > 0 ? hits / count : undefined;
}

/** Tells whether a pixel is at most a distance from one that is at least half inside a mask. */
function within(mask: Uint8Array, size: number, distance: number): (at: number) => boolean {
  const reach = Math.floor(distance);
  return (at) => {
    const [x, y] = [at % size, Math.floor(at / size)];
    for (let dy = -reach; dy <= reach; ++dy) {
      for (let dx = -reach; dx <= reach; ++dx) {
        if (dx * dx + dy * dy > distance * distance || x + dx < 0 || x + dx >= size || y + dy < 0 || y + dy >= size)
          continue;
        if (mask[at + dy * size + dx] >= 128) return true;
      }
    }
    return false;
  };
}
