/**
 * Spearman's rank correlation; equal values share their mean rank. A map that is the same everywhere, as an empty one,
 * ranks nothing and is like no other: 0.
 */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [ranks(a), ranks(b)];
  const mean = (a.length - 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; ++i) {
    const [dx, dy] = [x[i] - mean, y[i] - mean];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}

function ranks(values: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((i, j) => values[i] - values[j]);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to]] === values[order[from]]) ++to;
    for (let k = from; k < to; ++k) ranks[order[k]] = (from + to - 1) / 2;
    from = to;
  }
  return ranks;
}

const radius = 5;
const window = Float64Array.from({length: 2 * radius + 1}, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * 1.5 ** 2)));

/**
 * Structural similarity of two pictures with values in 0..1, row-major [size, size] (Wang et al., 2004,
 * doi:10.1109/TIP.2003.819861): the mean over a Gaussian window of 11 pixels and deviation 1.5, cut off and
 * renormalised at the border; constants 0.01 and 0.03.
 */
export function ssim(a: Float32Array, b: Float32Array, size: number): number {
  const mean = (f: (i: number) => number) =>
    blurred(
      Float64Array.from(a, (_, i) => f(i)),
      size
    );
  const [ma, mb] = [mean((i) => a[i]), mean((i) => b[i])];
  const [aa, bb, ab] = [mean((i) => a[i] ** 2), mean((i) => b[i] ** 2), mean((i) => a[i] * b[i])];
  const [c1, c2] = [0.01 ** 2, 0.03 ** 2];
  const sum = ma.reduce((sum, x, i) => {
    const y = mb[i];
    const variances = aa[i] - x * x + bb[i] - y * y;
    const luminance = (2 * x * y + c1) / (x * x + y * y + c1);
    return sum + (luminance * (2 * (ab[i] - x * y) + c2)) / (variances + c2);
  }, 0);
  return sum / a.length;
}

const blurred = (values: Float64Array, size: number) => blurLines(blurLines(values, size, 1), size, size);

/** Blurs along one axis: neighbours lie `step` apart. */
function blurLines(values: Float64Array, size: number, step: number): Float64Array {
  return values.map((_, at) => {
    const place = Math.floor(at / step) % size;
    let [sum, weights] = [0, 0];
    for (let d = Math.max(-radius, -place); d <= Math.min(radius, size - 1 - place); ++d) {
      sum += window[d + radius] * values[at + d * step];
      weights += window[d + radius];
    }
    return sum / weights;
  });
}
