import {join} from "node:path";
import {group} from "d3";
import sharp from "sharp";
import {UserError} from "../../support/errors.js";
import {withImage} from "../decode/file.js";
import {UnreadableImage} from "../decode/refusal.js";
import {greySquare} from "../decode/square.js";
import type {Masks, Region} from "./regions.js";
import {regions} from "./regions.js";
import {readTable} from "./table.js";

/** What the radiologists' names belong to. Airways and the mediastinum are of no region here. */
const regionsOf: Record<string, Region[]> = {
  "Left Lung": ["lungs"],
  "Right Lung": ["lungs"],
  "Ground Glass Opacities": ["opacities", "ground-glass"],
  Consolidation: ["opacities", "consolidation"],
  "Pleural Effusion": ["opacities"],
  "Central Venous Line": ["devices"],
  "Endotracheal Tube": ["devices"],
  "Monitoring Probes": ["devices"],
  "Nosogastric Tube": ["devices"],
  Tubings: ["devices"]
};

/** An area of an image of `width` x `height` pixels: a rectangle, filled or holding the picture of a mask. */
export interface Area {
  regions: Region[];
  width: number;
  height: number;
  top: number;
  left: number;
  /** The mask's file, or the size of a filled rectangle. */
  shape: string | {width: number; height: number};
}

/**
 * The areas that radiologists marked, by the image's file: `masks.csv` with one picture a region and `lung_boxes.csv`.
 * Sizes are those of the image as they saw it, which the copy here may be a smaller one of.
 * @throws UserError where a table is missing or malformed
 */
export function readAreas(folder: string): Map<string, Area[]> {
  const masks = readTable(
    join(folder, "masks.csv"),
    ["filename", "region", "mask"],
    ["image_width", "image_height", "top", "left"]
  ).map(({filename, region, mask, image_width, image_height, top, left}) => {
    const shape = join(folder, "masks", mask);
    return {filename, regions: regionsOf[region] ?? [], width: image_width, height: image_height, top, left, shape};
  });
  const boxes = readTable(
    join(folder, "lung_boxes.csv"),
    ["filename"],
    ["image_width", "image_height", "x", "y", "width", "height"]
  ).map(({filename, image_width, image_height, x, y, width, height}) => {
    const shape = {width, height};
    return {
      filename,
      regions: ["lung-boxes" as const],
      width: image_width,
      height: image_height,
      top: y,
      left: x,
      shape
    };
  });
  return group([...masks, ...boxes], ({filename}) => filename);
}

/**
 * The masks of an image, brought to size as the decoder brings the image: the shorter side scaled, the middle cut out.
 * @throws UserError where the picture of a mask cannot be read or lies outside the image
 */
export async function drawMasks(areas: readonly Area[], size: number): Promise<Masks> {
  const masks: Masks = {};
  for (const region of regions) {
    const own = areas.filter((area) => area.regions.includes(region));
    const mask = own.length > 0 ? await drawRegion(own, size) : undefined;
    // A region that lies in the margins that are cut off leaves an empty mask.
    if (mask?.some((value) => value > 0)) masks[region] = mask;
  }
  return masks;
}

async function drawRegion(areas: readonly Area[], size: number): Promise<Uint8Array> {
  const [{width, height}] = areas;
  const canvas = new Uint8Array(width * height);
  for (const area of areas) await fill(canvas, area);
  return greySquare(sharp(canvas, {raw: {width, height, channels: 1}}), size, "crop");
}

async function fill(canvas: Uint8Array, {width, height, top, left, shape}: Area): Promise<void> {
  const box = typeof shape === "string" ? await readMask(shape) : {...shape, data: undefined};
  if (left + box.width > width || top + box.height > height) {
    const place = `${box.width} x ${box.height} pixels at ${left}, ${top}`;
    throw new UserError(`An annotation of ${place} does not fit an image of ${width} x ${height} pixels.`, {
      hint: typeof shape === "string" ? `Correct the line of ${shape} in masks.csv.` : "Correct lung_boxes.csv."
    });
  }
  for (let y = 0; y < box.height; ++y) {
    const start = (top + y) * width + left;
    if (!box.data) canvas.fill(255, start, start + box.width);
    for (let x = 0; box.data && x < box.width; ++x) canvas[start + x] |= box.data[y * box.width + x];
  }
}

/** A mask is painted in a colour of its region on black: 255 inside, 0 outside. */
async function readMask(path: string) {
  try {
    const {data, info} = await withImage(path, (bytes) =>
      sharp(bytes).removeAlpha().greyscale().threshold(1).toColourspace("b-w").raw().toBuffer({resolveWithObject: true})
    );
    return {width: info.width, height: info.height, data};
  } catch (error) {
    const reason = error instanceof UnreadableImage ? error.reason : (error as Error).message;
    throw new UserError(`The mask ${path} cannot be read: ${reason}.`, {cause: error});
  }
}
