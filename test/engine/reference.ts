/** Plain loops in double precision: slow, obvious, and independent of TensorFlow.js. Images are NHWC. */

export interface Array4D {
  shape: [number, number, number, number];
  values: ArrayLike<number>;
}

export interface Window {
  stride?: number;
  dilation?: number;
  pad: "same" | "valid" | number;
}

/** Output size and zeros before the first element along one axis, by TensorFlow's rule for 'same'. */
function place(size: number, taps: number, {stride = 1, dilation = 1, pad}: Window) {
  const extent = (taps - 1) * dilation + 1;
  if (pad !== "same") {
    const zeros = pad === "valid" ? 0 : pad;
    return {count: Math.floor((size + 2 * zeros - extent) / stride) + 1, before: zeros};
  }
  const count = Math.ceil(size / stride);
  return {count, before: Math.floor(Math.max(0, (count - 1) * stride + extent - size) / 2)};
}

/** Calls `visit` with every pair of an output and an input position that a sliding window connects. */
function slide(
  [batch, height, width]: number[],
  [rows, columns]: number[],
  window: Window,
  visit: (b: number, out: [number, number], tap: [number, number], input: [number, number]) => void
): [number, number] {
  const [vertical, horizontal] = [place(height, rows, window), place(width, columns, window)];
  const {stride = 1, dilation = 1} = window;
  for (let b = 0; b < batch; ++b)
    for (let y = 0; y < vertical.count; ++y)
      for (let x = 0; x < horizontal.count; ++x)
        for (let i = 0; i < rows; ++i)
          for (let j = 0; j < columns; ++j) {
            const row = y * stride + i * dilation - vertical.before;
            const column = x * stride + j * dilation - horizontal.before;
            if (row < 0 || row >= height || column < 0 || column >= width) continue;
            visit(b, [y, x], [i, j], [row, column]);
          }
  return [vertical.count, horizontal.count];
}

const index = ([, h, w, c]: number[], b: number, y: number, x: number, k: number) => ((b * h + y) * w + x) * c + k;

export function conv2d(x: Array4D, filter: Array4D, window: Window): number[] {
  const [kh, kw, inputs, outputs] = filter.shape;
  const shape = outputShape(x, [kh, kw], window, outputs);
  const result = zeros(shape);
  slide(x.shape, [kh, kw], window, (b, out, tap, input) => {
    for (let i = 0; i < inputs; ++i)
      for (let o = 0; o < outputs; ++o)
        result[index(shape, b, ...out, o)] +=
          x.values[index(x.shape, b, ...input, i)] * filter.values[index(filter.shape, tap[0], tap[1], i, o)];
  });
  return result;
}

/** Output channel o belongs to the group of input channels from floor(o / (out / groups)) times the filter's depth. */
export function groupedConv2d(x: Array4D, filter: Array4D, window: Window): number[] {
  const [kh, kw, inputs, outputs] = filter.shape;
  const perGroup = outputs / (x.shape[3] / inputs);
  const shape = outputShape(x, [kh, kw], window, outputs);
  const result = zeros(shape);
  slide(x.shape, [kh, kw], window, (b, out, tap, input) => {
    for (let i = 0; i < inputs; ++i)
      for (let o = 0; o < outputs; ++o)
        result[index(shape, b, ...out, o)] +=
          x.values[index(x.shape, b, ...input, Math.floor(o / perGroup) * inputs + i)] *
          filter.values[index(filter.shape, tap[0], tap[1], i, o)];
  });
  return result;
}

export function depthwiseConv2d(x: Array4D, filter: Array4D, window: Window): number[] {
  const [kh, kw, channels, multiplier] = filter.shape;
  const shape = outputShape(x, [kh, kw], window, channels * multiplier);
  const result = zeros(shape);
  slide(x.shape, [kh, kw], window, (b, out, tap, input) => {
    for (let c = 0; c < channels; ++c)
      for (let m = 0; m < multiplier; ++m)
        result[index(shape, b, ...out, c * multiplier + m)] +=
          x.values[index(x.shape, b, ...input, c)] * filter.values[index(filter.shape, tap[0], tap[1], c, m)];
  });
  return result;
}

/** Maximum, or mean over the elements that lie inside the image, of every window. */
export function pool(kind: "max" | "mean", x: Array4D, size: number, window: Window): number[] {
  const channels = x.shape[3];
  const shape = outputShape(x, [size, size], window, channels);
  const seen = zeros(shape).map(() => [] as number[]);
  slide(x.shape, [size, size], window, (b, out, _tap, input) => {
    for (let c = 0; c < channels; ++c) {
      seen[index(shape, b, ...out, c)].push(x.values[index(x.shape, b, ...input, c)]);
    }
  });
  return seen.map((values) => (kind === "max" ? Math.max(...values) : mean(values)));
}

/** Normalises every channel by its mean and biased variance over the rest. */
export function batchNorm(
  x: ArrayLike<number>,
  gamma: ArrayLike<number>,
  beta: ArrayLike<number>,
  epsilon: number
): number[] {
  const channels = gamma.length;
  const values = Array.from(x);
  const statistics = Array.from({length: channels}, (_, c) => {
    const own = values.filter((_, i) => i % channels === c);
    const centre = mean(own);
    return {centre, scale: 1 / Math.sqrt(mean(own.map((value) => (value - centre) ** 2)) + epsilon)};
  });
  return values.map((value, i) => {
    const {centre, scale} = statistics[i % channels];
    return (value - centre) * scale * gamma[i % channels] + beta[i % channels];
  });
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const zeros = (shape: number[]) => new Array<number>(shape.reduce((a, b) => a * b)).fill(0);

function outputShape(x: Array4D, taps: [number, number], window: Window, channels: number) {
  return [x.shape[0], place(x.shape[1], taps[0], window).count, place(x.shape[2], taps[1], window).count, channels];
}
