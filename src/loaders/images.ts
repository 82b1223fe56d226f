import {cell, columns, radiographs, testRows} from "../report/data/radiographs.js";
import type {ImagesArtifact} from "../report/data/artifact.js";

/** How to cut the sheet of thumbnails. */
export default async function (): Promise<ImagesArtifact> {
  const images = await radiographs();
  return {present: images !== undefined, cell, columns, row: images ? Array.from(images.rows) : await testRows()};
}
