import {resolve} from "../../lib/pipeline/index.js";
import {inventory, pixels} from "./dataset.js";
import {study} from "../../study.js";
import {attempt} from "../shared/support.js";

/** Side of a thumbnail, in pixels. */
export const cell = 96;

/** Cells per line of the sheet. */
export const columns = 25;

/** The test images as thumbnails, or undefined where the dataset is not here: radiographs are never published. */
export async function radiographs() {
  const result = await attempt(pixels({study, split: "test", size: cell}));
  return "value" in result ? result.value : undefined;
}

/** The rows of the test images, with or without the images. */
export async function testRows(): Promise<number[]> {
  const {value} = await resolve(inventory({study}));
  return Array.from(value.splits.test.rows);
}
