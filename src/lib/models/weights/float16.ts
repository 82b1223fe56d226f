const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The bits of the nearest number of IEEE 754's binary16, ties to even; beyond 65,504 infinity. */
export function toFloat16(value: number): number {
  float[0] = value;
  const sign = (bits[0] >>> 16) & 0x8000;
  const exponent = ((bits[0] >>> 23) & 0xff) - 112;
  const mantissa = bits[0] & 0x7fffff;
  if (exponent === 143) return sign | 0x7c00 | (mantissa ? 0x200 : 0);
  if (exponent >= 31) return sign | 0x7c00;
  if (exponent > 0) return sign | roundedShift((exponent << 23) | mantissa, 13);
  // Below 2^-14 the leading bit is written out; below half of 2^-24 nothing is left.
  return exponent < -10 ? sign : sign | roundedShift(0x800000 | mantissa, 14 - exponent);
}

/** Drops low bits, rounding to the nearest and ties to even; a carry runs into the exponent, as it should. */
function roundedShift(value: number, count: number): number {
  const kept = value >>> count;
  const dropped = value & (2 ** count - 1);
  const half = 2 ** (count - 1);
  return dropped > half || (dropped === half && kept & 1) ? kept + 1 : kept;
}

/** The number of a binary16's bits. */
export function fromFloat16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 31;
  const mantissa = half & 0x3ff;
  if (exponent === 31) return mantissa ? NaN : sign * Infinity;
  return sign * (exponent ? (1024 + mantissa) * 2 ** (exponent - 25) : mantissa * 2 ** -24);
}
