import type {Random} from "../../measures/random.js";
import {mulberry32} from "../../measures/random.js";
import type {Cutout, Hole} from "./cutout.js";
import {drawHoles} from "./cutout.js";
import type {Warp} from "./homography.js";

/** How far an image may be changed; what is absent is left as it is. */
export interface Augmentation {
  /** Mirrors every second image left to right. */
  flip?: boolean;
  /** Turns by up to this many degrees either way. */
  rotate?: number;
  /** Enlarges up to this factor, 1 or more, about a random point. */
  zoom?: number;
  /** Changes brightness and contrast by up to this share, 0 to below 1. */
  lighting?: number;
  /** Makes each side of the image longer or shorter by up to this share of it, 0 to below 1, in perspective. */
  warp?: number;
  /** Cuts square holes out of every second image. */
  cutout?: Cutout;
}

/** What is done to one image. */
export interface Change {
  mirrored: boolean;
  warp: Warp;
  /** Anticlockwise. */
  degrees: number;
  zoom: number;
  /** The point that zooming leaves where it is: shares of the width and height. */
  focus: readonly [number, number];
  /** What the middle grey becomes; 0.5 is no change. */
  brightness: number;
  /** 1 is no change. */
  contrast: number;
  holes: readonly Hole[];
}

/** Share of the images that undergo each change but mirroring and holes. */
const usually = 0.75;

/**
 * Draws what is done to one image. It takes as many numbers from the stream whatever is switched on, so that one
 * setting does not change what another does; holes, of which there may be any number, have a stream of their own.
 */
export function drawChange(
  random: Random,
  {flip = false, rotate = 0, zoom = 1, lighting = 0, warp = 0, cutout}: Augmentation
): Change {
  const between = (low: number, high: number) => low + random() * (high - low);
  const either = (most: number) => between(-most, most);
  const maybe = <T>(changed: T, unchanged: T, probability = usually) => (random() < probability ? changed : unchanged);
  const own = mulberry32(2 ** 32 * random());
  return {
    mirrored: maybe(flip, false, 0.5),
    warp: maybe<Warp>([either(warp), either(warp), either(warp), either(warp)], [0, 0, 0, 0]),
    degrees: maybe(either(rotate), 0),
    zoom: maybe(between(1, zoom), 1),
    focus: [random(), random()],
    brightness: maybe(0.5 * (1 + either(lighting)), 0.5),
    contrast: maybe((1 - lighting) ** either(1), 1),
    holes: maybe(cutout ? drawHoles(cutout, own) : [], [], 0.5)
  };
}
