import {cell, columns, radiographs} from "../report/data/radiographs.js";
import {sheet} from "../report/data/sheet.js";

/** The thumbnails of the test images in one JPEG; one black cell where the dataset is not here. */
export default async function (): Promise<Uint8Array> {
  const images = await radiographs();
  return sheet(images?.data ?? new Uint8Array(cell * cell), {cell, columns});
}
