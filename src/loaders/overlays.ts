import type {Rows} from "../lib/dataset/rows.js";
import sharp from "sharp";
import {overlay} from "../lib/measures/palette.js";
import {upsample} from "../lib/measures/raster.js";
import {maps} from "../report/runs/run.js";
import {study} from "../study.js";
import {cell, radiographs} from "../report/data/radiographs.js";
import {eachRun} from "../report/shared/support.js";

/** Images side by side in the sheet, each with its overlays. */
const columns = 8;

/** How strongly the peak of a map covers the radiograph. */
const opacity = 0.7;

/**
 * The test images of one network in one JPEG, row by row: each image and, beside it, the same under the Grad-CAM map of
 * every run. One black cell where there is nothing to show: the dataset is not here, or no run of this network has
 * maps.
 */
export default async function ({model}: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const images = await radiographs();
  const runs = images
    ? await eachRun(
        (run) => maps({study, run}),
        ({value}) => value,
        study.runs.filter((run) => run.model === model)
      )
    : [];
  if (!images || runs.length === 0) return jpeg(new Uint8Array(3 * cell * cell), cell, cell);
  const [span, lines] = [1 + runs.length, Math.ceil(images.rows.length / columns)];
  const [width, height] = [columns * span * cell, lines * cell];
  const sheet = new Uint8Array(3 * width * height);
  images.rows.forEach((row, i) => {
    const image = images.data.subarray(i * cell * cell, (i + 1) * cell * cell);
    [undefined, ...runs].forEach((run, k) => {
      const [left, top] = [((i % columns) * span + k) * cell, Math.floor(i / columns) * cell];
      const picture = overlay(image, run ? mapOf(run, row) : new Uint8Array(cell * cell), opacity);
      for (let y = 0; y < cell; ++y)
        sheet.set(picture.subarray(3 * y * cell, 3 * (y + 1) * cell), 3 * ((top + y) * width + left));
    });
  });
  return jpeg(sheet, width, height);
}

/** A map at the size of a cell; nothing where it is empty or there is none. */
function mapOf({rows, size, grids}: {rows: Rows; size: number; grids: Uint8Array}, row: number) {
  const at = rows.indexOf(row);
  return at < 0
    ? new Uint8Array(cell * cell)
    : upsample(grids.subarray(at * size * size, (at + 1) * size * size), size, cell);
}

const jpeg = (data: Uint8Array, width: number, height: number) =>
  sharp(data, {raw: {width, height, channels: 3}})
    .jpeg({quality: 78})
    .toBuffer();
