import sharp from "sharp";

/**
 * Images side by side in one grey JPEG, filled line by line: however few there are, each line has room for all columns.
 * @param data one byte a pixel, shape [n, cell, cell]
 */
export function sheet(data: Uint8Array, {cell, columns}: {cell: number; columns: number}): Promise<Uint8Array> {
  const count = data.length / (cell * cell);
  const [width, height] = [columns * cell, Math.ceil(count / columns) * cell];
  const pixels = new Uint8Array(width * height);
  for (let at = 0; at < data.length; at += cell) {
    const [index, line] = [Math.floor(at / (cell * cell)), Math.floor(at / cell) % cell];
    const [x, y] = [(index % columns) * cell, Math.floor(index / columns) * cell + line];
    pixels.set(data.subarray(at, at + cell), y * width + x);
  }
  return sharp(pixels, {raw: {width, height, channels: 1}})
    .jpeg({quality: 82})
    .toBuffer();
}
