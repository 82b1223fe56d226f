/** A pixel counts as dark below this share of the brightness that only a hundredth of an image exceeds. */
const darkShare = 0.12;

/**
 * What lies outside the body: all that can be reached from the border of the image without crossing the largest
 * connected bright area, which is taken for the body. So letters, tags and frames in the air beside the patient are
 * outside, and the lungs, which tissue encloses, are not. An image that the body fills has nothing outside.
 * @param pixels grey, row-major [size, size]
 * @returns 255 outside and 0 inside, [size, size]
 */
export function outsideBody(pixels: Uint8Array, size: number): Uint8Array {
  const threshold = darkShare * pixels.toSorted()[Math.floor(0.99 * pixels.length)];
  const bright = (at: number) => pixels[at] > threshold;
  const parts = new Int32Array(pixels.length);
  let [body, largest, count] = [0, 0, 0];
  for (let at = 0; at < pixels.length; ++at) {
    if (parts[at] > 0 || !bright(at)) continue;
    const area = spread([at], ++count, parts, size, bright);
    if (area > largest) [body, largest] = [count, area];
  }
  const outside = new Int32Array(pixels.length);
  const border = Array.from({length: size}, (_, i) => [i, i * size, (size - 1) * size + i, i * size + size - 1]).flat();
  const isFree = (at: number) => parts[at] !== body || body === 0;
  spread(border.filter(isFree), 1, outside, size, isFree);
  return Uint8Array.from(outside, (value) => 255 * value);
}

/** Gives a number to all that can be reached from some pixels over sides, and says how many pixels got it. */
function spread(from: number[], number: number, numbers: Int32Array, size: number, passable: (at: number) => boolean) {
  const open = from;
  let area = 0;
  while (open.length > 0) {
    const at = open.pop()!;
    if (numbers[at] === number) continue;
    numbers[at] = number;
    area += 1;
    const x = at % size;
    const near = [x > 0 ? at - 1 : -1, x < size - 1 ? at + 1 : -1, at - size, at + size];
    for (const next of near) {
      if (next >= 0 && next < numbers.length && numbers[next] !== number && passable(next)) open.push(next);
    }
  }
  return area;
}
