import {readFile} from "node:fs/promises";
import type {Sharp} from "sharp";
import sharp from "sharp";
import {drawPhantom} from "./phantom/draw.js";
import {parsePhantomPath} from "./phantom/path.js";

/**
 * How an image becomes a square. "crop" scales the shorter side and cuts the middle out, as fastai v1's
 * `ResizeMethod.CROP`, which the 2020 study used; "squash" keeps everything and changes the proportions.
 */
export type Fit = "crop" | "squash";

export interface Decoded {
  /** Grey, one byte each, row-major, shape [size, size]. */
  pixels: Uint8Array;
  /** Original size in pixels, upright. */
  width: number;
  height: number;
}

/** An image that cannot be used, and why: "missing", "empty (0 bytes)", "cut short", "not an image"... */
export class UnreadableImage extends Error {
  constructor(
    readonly path: string,
    readonly reason: string,
    cause?: unknown
  ) {
    super(`${path}: ${reason}`, {cause});
    this.name = "UnreadableImage";
  }
}

// One thread an image: many small images decode faster side by side, and a result does not depend on the threads.
sharp.concurrency(1);
sharp.cache(false);

/** Reads one image, or draws it if it is a phantom, as `decodeBytes` describes. Throws `UnreadableImage`. */
export async function decodeGrey(image: string | {path: string}, size: number, fit: Fit = "crop"): Promise<Decoded> {
  const path = typeof image === "string" ? image : image.path;
  const phantom = parsePhantomPath(path);
  if (!phantom) return decodeBytes(await readImage(path), path, size, fit);
  const {pixels} = drawPhantom(phantom);
  const raw = {width: phantom.size, height: phantom.size, channels: 1 as const};
  const resized = phantom.size === size ? pixels : await greySquare(sharp(pixels, {raw}), size, fit);
  return {pixels: resized, width: phantom.size, height: phantom.size};
}

/** Images are decoded in full to see that they can be, but kept only this large. */
const proofSize = 32;

/** Proves that an image can be decoded, and says how large it is. Throws `UnreadableImage`. */
export async function measure({path}: {path: string}): Promise<{width: number; height: number}> {
  const phantom = parsePhantomPath(path);
  if (phantom) return {width: phantom.size, height: phantom.size};
  const {width, height} = await decodeGrey(path, proofSize, "squash");
  return {width, height};
}

/** The bytes of an image's file. Throws `UnreadableImage` if there is none, or nothing in it. */
export async function readImage(path: string): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    throw new UnreadableImage(path, code === "ENOENT" ? "missing" : `cannot be opened (${code})`, error);
  }
  if (bytes.length === 0) throw new UnreadableImage(path, "empty (0 bytes)");
  return bytes;
}

/**
 * Decodes 8- or 16-bit grey, colour or palette images, with or without alpha (shown on black), turned upright by their
 * EXIF orientation. Colour becomes luminance; 16 bits are scaled to 8. Resampled by a triangle filter over all pixels
 * of the original (PIL's bilinear), which rings at no rib or wire. Throws `UnreadableImage`, also for a file cut short.
 */
export async function decodeBytes(bytes: Uint8Array, path: string, size: number, fit: Fit = "crop"): Promise<Decoded> {
  try {
    const image = sharp(bytes, {failOn: "error", limitInputPixels: 1e9});
    const {autoOrient} = await image.metadata();
    const pixels = await greySquare(image.autoOrient(), size, fit);
    return {pixels, width: autoOrient.width, height: autoOrient.height};
  } catch (error) {
    throw new UnreadableImage(path, explain((error as Error).message), error);
  }
}

/** An image as a grey square of bytes, row-major [size, size], as every image is brought to size. */
export const greySquare = (image: Sharp, size: number, fit: Fit): Promise<Buffer> =>
  image
    .flatten({background: "black"})
    .resize(size, size, {fit: fit === "crop" ? "cover" : "fill", kernel: "linear"})
    .toColourspace("b-w")
    .raw()
    .toBuffer();

function explain(message: string): string {
  if (/unsupported image format/i.test(message)) return "not an image";
  if (/premature end|read error|truncated|end of file/i.test(message)) return "cut short or damaged";
  return `cannot be decoded: ${message.split("\n")[0].trim()}`;
}
