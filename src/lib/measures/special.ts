/** Logarithm of the gamma function for x > 0; Lanczos's approximation (1964, g = 7), 15 digits. */
export function logGamma(x: number): number {
  const coefficients = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7
  ];
  const t = x + 6.5;
  const series = coefficients.reduce((sum, coefficient, k) => sum + coefficient / (x + k), 0.9999999999998099);
  return Math.log(2 * Math.PI) / 2 + (x - 0.5) * Math.log(t) - t + Math.log(series);
}

/** Regularised incomplete beta function I_x(a, b): the beta distribution's share below x. DLMF 8.17. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast below the distribution's mean; above it, I_x(a, b) = 1 - I_{1 - x}(b, a).
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  return Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta) / a / betaFraction(x, a, b);
}

/**
 * The continued fraction 1 + d1 / (1 + d2 / (1 + ...)) of DLMF 8.17.22, by Lentz's method as Thompson & Barnett
 * modified it.
 */
function betaFraction(x: number, a: number, b: number): number {
  let value = 1;
  let upper = 1;
  let lower = 0;
  for (let k = 1; k < 10_000; ++k) {
    const m = Math.floor(k / 2);
    const term =
      k % 2 === 0
        ? (m * (b - m) * x) / ((a + k - 1) * (a + k))
        : (-(a + m) * (a + b + m) * x) / ((a + k - 1) * (a + k));
    lower = 1 / nonZero(1 + term * lower);
    upper = nonZero(1 + term / upper);
    value *= upper * lower;
    if (Math.abs(upper * lower - 1) < Number.EPSILON) break;
  }
  return value;
}

const nonZero = (value: number) => (value === 0 ? Number.MIN_VALUE / Number.EPSILON : value);

/** The x with I_x(a, b) = p, by bisection to the last bit. */
export function betaQuantile(p: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (incompleteBeta(middle, a, b) < p) low = middle;
    else high = middle;
  }
}

/**
 * Student's t quantile for 0.5 <= p < 1 and a positive number of degrees of freedom; DLMF 8.17.22 with x = df / (df +
 * t^2).
 */
export function tQuantile(p: number, degrees: number): number {
  const x = betaQuantile(2 * (1 - p), degrees / 2, 0.5);
  return Math.sqrt((degrees * (1 - x)) / x);
}

/** Standard normal distribution function, by its series about zero (Marsaglia 2004); absolute error below 1e-15. */
export function normalCdf(x: number): number {
  if (Math.abs(x) > 9) return x > 0 ? 1 : 0;
  let term = x;
  let sum = x;
  for (let k = 3; sum + term !== sum; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/** Standard normal quantile for 0.5 <= p < 1, by bisection on `normalCdf`. */
export function normalQuantile(p: number): number {
  let low = 0;
  let high = 9;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
}
