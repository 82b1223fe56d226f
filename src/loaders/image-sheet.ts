import sharp from "sharp";
import {cell, columns, radiographs} from "./radiographs.js";

/** The thumbnails of the test images in one JPEG; one black cell where the dataset is not here. */
export default async function (): Promise<Uint8Array> {
  const images = await radiographs();
  const count = images?.rows.length ?? 1;
  const [width, height] = [Math.min(columns, count) * cell, Math.ceil(count / columns) * cell];
  const sheet = new Uint8Array(width * height);
  for (let at = 0; images && at < images.data.length; at += cell) {
    const [index, line] = [Math.floor(at / (cell * cell)), Math.floor(at / cell) % cell];
    const [x, y] = [(index % columns) * cell, Math.floor(index / columns) * cell + line];
    sheet.set(images.data.subarray(at, at + cell), y * width + x);
  }
  return sharp(sheet, {raw: {width, height, channels: 1}})
    .jpeg({quality: 82})
    .toBuffer();
}
