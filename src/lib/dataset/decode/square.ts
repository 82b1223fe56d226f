import type {Sharp} from "sharp";
import {throwExplained} from "./explain.js";

/**
 * How an image becomes a square. "crop" scales the shorter side and cuts the middle out, as fastai v1's
 * `ResizeMethod.CROP`, which the 2020 study used; "squash" keeps everything and changes the proportions.
 */
export type Fit = "crop" | "squash";

/** An image as a grey square of bytes, row-major [size, size], as every image is brought to size. Throws `Refusal`. */
export const greySquare = (image: Sharp, size: number, fit: Fit): Promise<Buffer> =>
  image
    .flatten({background: "black"})
    .resize(size, size, {fit: fit === "crop" ? "cover" : "fill", kernel: "linear"})
    .toColourspace("b-w")
    .raw()
    .toBuffer()
    .catch(throwExplained);
