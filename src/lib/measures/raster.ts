/**
 * Draws a square map of `cells` x `cells` at a size of pixels, row-major, by bilinear interpolation between the centres
 * of its cells; beyond the outermost centres it is constant. Its largest value is that of a cell, and lies at that
 * cell.
 */
export function upsample(map: ArrayLike<number>, cells: number, size: number): Float32Array {
  const places = Array.from({length: size}, (_, i) => {
    const at = Math.min(cells - 1, Math.max(0, ((i + 0.5) * cells) / size - 0.5));
    const low = Math.floor(at);
    return {low, high: Math.min(low + 1, cells - 1), t: at - low};
  });
  const out = new Float32Array(size * size);
  places.forEach((row, y) =>
    places.forEach((column, x) => {
      const [above, below] = [row.low, row.high].map((line) => {
        const [a, b] = [map[line * cells + column.low], map[line * cells + column.high]];
        return a + column.t * (b - a);
      });
      out[y * size + x] = above + row.t * (below - above);
    })
  );
  return out;
}

/**
 * A map that knows nothing but where images usually have something: a bell about the middle, its deviation a quarter of
 * the side.
 */
export const centred = (size: number): Float32Array =>
  Float32Array.from({length: size * size}, (_, at) => {
    const [x, y] = [at % size, Math.floor(at / size)].map((i) => (i + 0.5) / size - 0.5);
    return Math.exp(-8 * (x * x + y * y));
  });
