import type {Random} from "../measures/random.js";
import type {Augmentation, Change} from "./augment/change.js";
import {drawChange} from "./augment/change.js";
import {cut} from "./augment/cutout.js";
import type {Homography} from "./augment/homography.js";
import {compose, mirror, rotation, symmetricWarp, zoom} from "./augment/homography.js";
import {relight} from "./augment/lighting.js";
import {resample} from "./augment/resample.js";

export type {Augmentation, Change} from "./augment/change.js";
export {drawChange} from "./augment/change.js";

/**
 * A randomly changed copy of a grey image, as fastai v1's `get_transforms` and `cutout` changed those of the 2020
 * study. All that moves pixels is one map and one resampling; the image without any change comes back exact. Not there:
 * fastai's random crop along an image's longer side, because images are cut to their middle square when they are
 * decoded.
 * @param source grey levels, row-major, shape [size, size]
 * @param target receives values from 0 to 1, same shape
 * @param random the image's own stream: the same numbers give the same copy
 */
export function augment(
  source: Uint8Array,
  target: Float32Array,
  size: number,
  random: Random,
  settings: Augmentation
): void {
  applyChange(source, target, size, drawChange(random, settings));
}

/** Fills the target with the changed source, shapes as of `augment`: new tones, then moved, then holes. */
export function applyChange(source: Uint8Array, target: Float32Array, size: number, change: Change): void {
  resample(source, target, size, relight(change.brightness, change.contrast), mapOf(change));
  for (const hole of change.holes) cut(target, size, hole);
}

/**
 * Gives the point of the original that each point of the changed image shows: through the warp first, then zoom, turn
 * and mirror.
 */
export function mapOf({mirrored, warp, degrees, zoom: factor, focus}: Change): Homography {
  const map = compose(rotation(degrees), zoom(factor, ...focus), symmetricWarp(warp));
  return mirrored ? compose(mirror, map) : map;
}
