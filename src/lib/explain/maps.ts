import * as tf from "@tensorflow/tfjs";
import type {Pixels} from "../dataset/types.js";
import type {Network} from "../models/network.js";
import {UserError} from "../support/errors.js";
import {imageTensor} from "../training/inference.js";
import type {Pass} from "./cam.js";
import {activationMaps, locateLayer} from "./cam.js";
import type {CamMethod} from "./cam-methods.js";

/**
 * Class activation maps of some images: row-major [n, size, size], not scaled; all zero where nothing speaks for the
 * class.
 */
export interface Maps {
  size: number;
  values: Float32Array;
}

export interface MapOptions {
  /** Default: the body's last one. */
  layer?: string;
  /** Default: Grad-CAM. */
  method?: CamMethod;
  onBatch?: (done: number, total: number) => void;
}

const batchSize = 32;

/**
 * Class activation maps of images by any network at any of its layers, in batches.
 * @param classes the class to explain, one for each image
 * @throws UserError where there is no such layer or class, or a map holds values that are no numbers
 */
export async function mapsOf(
  network: Network,
  pixels: Pixels,
  classes: Int32Array,
  {layer = network.architecture.featureLayer, method = "grad-cam", onBatch}: MapOptions = {}
): Promise<Maps> {
  const pass: Pass = (images, mode) => network.logits(images, mode);
  const site = locateLayer(pass, [pixels.size, pixels.size, 1], layer);
  const [size] = site.shape;
  const total = pixels.rows.length;
  const values = new Float32Array(total * size * size);
  for (let from = 0; from < total; from += batchSize) {
    const to = Math.min(from + batchSize, total);
    const maps = tf.tidy(() =>
      activationMaps(pass, imageTensor(pixels, from, to), classes.subarray(from, to), site, method)
    );
    values.set((await maps.data()) as Float32Array, from * size * size);
    maps.dispose();
    onBatch?.(to, total);
    await new Promise(setImmediate);
  }
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return {size, values};
  throw new UserError(
    `The map of row ${pixels.rows[Math.floor(wrong / size ** 2)]} holds values that are no numbers.`,
    {
      hint: "The network's weights or features are not finite: did its training diverge?"
    }
  );
}

/**
 * Maps in a byte per cell for publication: each is divided by its own peak, which is kept. A map without positive
 * evidence has peak 0 and stays empty.
 * @param cells how many cells a map has
 */
export function quantise(values: Float32Array, cells: number): {peaks: Float32Array; grids: Uint8Array} {
  const peaks = Float32Array.from({length: values.length / cells}, (_, i) =>
    values.subarray(i * cells, (i + 1) * cells).reduce((a, b) => Math.max(a, b), 0)
  );
  const grids = Uint8Array.from(values, (value, at) => {
    const peak = peaks[Math.floor(at / cells)];
    return peak > 0 ? Math.round((255 * value) / peak) : 0;
  });
  return {peaks, grids};
}
