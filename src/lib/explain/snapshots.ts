/** Keeps the maps of an optimisation on its way, small enough to publish: a byte per coordinate. */
export interface Recorder {
  /** Appends a copy of a map, shape [rows, 2]. */
  record: (map: Float64Array) => void;
  /**
   * All maps so far, each centred and scaled to its own largest coordinate, because a map of t-SNE grows ten
   * thousandfold: byte 128 is the centre, 1 and 255 are the edges. Shape [maps, rows, 2].
   */
  result(): Uint8Array;
}

/** A recorder of maps of `rows` points. */
export function recorder(rows: number): Recorder {
  const frames: Uint8Array[] = [];
  return {
    record: (map) => frames.push(toBytes(map)),
    result: () => {
      const all = new Uint8Array(frames.length * 2 * rows);
      frames.forEach((frame, i) => all.set(frame, i * 2 * rows));
      return all;
    }
  };
}

function toBytes(map: Float64Array): Uint8Array {
  const mean = [0, 0];
  for (let at = 0; at < map.length; ++at) mean[at % 2] += (2 * map[at]) / map.length;
  const reach = map.reduce((most, value, at) => Math.max(most, Math.abs(value - mean[at % 2])), 0);
  return Uint8Array.from(map, (value, at) => 128 + Math.round((127 * (value - mean[at % 2])) / (reach || 1)));
}
