/** A linear function of features for each class: [classes, columns] and [classes]. */
export interface Linear {
  kernel: Float64Array;
  bias: Float64Array;
}

export interface LogisticOptions {
  columns: number;
  classes: number;
  /** Weight of half the squared norm of the kernel. */
  penalty: number;
  steps?: number;
}

/**
 * Multinomial logistic regression on features that are white over the samples, row-major [n, columns]: no step is then
 * too long, since the loss bends by no more than a half (Böhning 1992, doi:10.1007/BF00048682). Nesterov's accelerated
 * gradient from zero, so that no chance is in it.
 */
export function fitLogistic(
  features: Float32Array,
  labels: Int32Array,
  {columns, classes, penalty, steps = 300}: LogisticOptions
): Linear {
  const bend = 1 + penalty;
  const momentum = (Math.sqrt(bend) - Math.sqrt(penalty)) / (Math.sqrt(bend) + Math.sqrt(penalty));
  const width = columns + 1; // the bias comes last
  let weights = new Float64Array(classes * width);
  let ahead = weights.slice();
  for (let step = 0; step < steps; ++step) {
    const gradient = gradientOf(features, labels, ahead, {columns, classes});
    const next = ahead.map((value, at) => {
      const pull = at % width < columns ? penalty * value : 0;
      return value - (gradient[at] + pull) / bend;
    });
    ahead = next.map((value, at) => value + momentum * (value - weights[at]));
    weights = next;
  }
  const kernel = Float64Array.from({length: classes * columns}, (_, at) => {
    const k = Math.floor(at / columns);
    return weights[k * width + (at % columns)];
  });
  return {kernel, bias: Float64Array.from({length: classes}, (_, k) => weights[k * width + columns])};
}

/** The gradient of the mean cross-entropy, as the weights are laid out. */
function gradientOf(
  features: Float32Array,
  labels: Int32Array,
  weights: Float64Array,
  {columns, classes}: Pick<LogisticOptions, "columns" | "classes">
): Float64Array {
  const width = columns + 1;
  const gradient = new Float64Array(classes * width);
  const errors = new Float64Array(classes);
  for (let row = 0; row < labels.length; ++row) {
    const from = row * columns;
    for (let k = 0; k < classes; ++k) {
      let sum = weights[k * width + columns];
      for (let j = 0; j < columns; ++j) sum += weights[k * width + j] * features[from + j];
      errors[k] = sum;
    }
    const most = errors.reduce((a, b) => Math.max(a, b));
    const total = errors.reduce((sum, logit) => sum + Math.exp(logit - most), 0);
    for (let k = 0; k < classes; ++k) {
      const probability = Math.exp(errors[k] - most) / total;
      const error = (probability - Number(k === labels[row])) / labels.length;
      for (let j = 0; j < columns; ++j) gradient[k * width + j] += error * features[from + j];
      gradient[k * width + columns] += error;
    }
  }
  return gradient;
}
