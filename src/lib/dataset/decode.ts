import sharp from "sharp";
import {createBudget} from "./decode/budget.js";
import {openDicomSource} from "./decode/dicom-source.js";
import {megabytes, withImage} from "./decode/file.js";
import {unfitPixels, unfitSize} from "./decode/fitness.js";
import {openRaster} from "./decode/raster.js";
import {Refusal, UnreadableImage} from "./decode/refusal.js";
import type {Source} from "./decode/source.js";
import {type Fit, greySquare} from "./decode/square.js";
import {inflateLimit, isDeflated, isDicom} from "./dicom/data-set.js";
import {drawPhantom, type PhantomRequest} from "./phantom/draw.js";
import {parsePhantomPath} from "./phantom/path.js";

export {type Fit, UnreadableImage};

/** Raised when other pixels come out of the same file. 2: values of more than 8 bits by the range that they use. */
export const decodingRevision = 2;

export interface Decoded {
  /** Grey, one byte each, row-major, shape [size, size]. */
  pixels: Uint8Array;
  /** Original size in pixels, upright. */
  width: number;
  height: number;
  /** What is remarkable about the file: that it holds more pages, for instance. */
  notes: readonly string[];
}

/** Bytes of pixels that are being decoded at a time. A radiograph of 12 million pixels takes 70 MB. */
export const pixelsUnderWay = createBudget(512 * 2 ** 20);

/** How large a deflated file becomes shows only when it is inflated: one at a time. */
const inflating = createBudget(inflateLimit);

/**
 * An image as a grey square: a file of any format that is read here, or a phantom, which is drawn. Colour becomes
 * luminance, what is transparent is shown on black, EXIF's orientation is applied. More than 8 bits, fractions,
 * negatives by their own word and DICOM are brought to the bytes that an 8-bit file of the same picture has. Resampled
 * by a triangle filter over all pixels of the original (PIL's bilinear), which rings at no rib or wire. Throws
 * `UnreadableImage` for what is damaged or of another kind, and for what no network should be asked about: too narrow,
 * too small, or of one grey level.
 */
export async function decodeGrey(image: string | {path: string}, size: number, fit: Fit = "crop"): Promise<Decoded> {
  const path = typeof image === "string" ? image : image.path;
  const phantom = parsePhantomPath(path);
  if (phantom) return draw(phantom, size, fit);
  try {
    return await withImage(path, (bytes) => {
      const decode = () => decodeBytes(bytes, size, fit);
      return isDicom(bytes) && isDeflated(bytes) ? inflating.hold(inflateLimit, decode) : decode();
    });
  } catch (error) {
    throw error instanceof Refusal ? new UnreadableImage(path, error.reason, error) : error;
  }
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

async function decodeBytes(bytes: Uint8Array, size: number, fit: Fit): Promise<Decoded> {
  const source = await (isDicom(bytes) ? openDicomSource(bytes) : openRaster(bytes));
  const {width, height} = source;
  refuse(unfitSize(source));
  refuse(tooLarge(source));
  return pixelsUnderWay.hold(source.bytes, async () => {
    const {image, notes} = await source.load();
    const pixels = await greySquare(image, size, fit);
    refuse(unfitPixels(pixels));
    return {pixels, width, height, notes};
  });
}

function tooLarge({width, height, bytes}: Source): string | undefined {
  const {limit} = pixelsUnderWay;
  if (bytes <= limit) return undefined;
  return (
    `${width} x ${height} pixels take ${megabytes(bytes)} to decode, more than ` +
    `${megabytes(limit)}: make it smaller`
  );
}

async function draw(request: Required<PhantomRequest>, size: number, fit: Fit): Promise<Decoded> {
  const {pixels} = drawPhantom(request);
  const raw = {width: request.size, height: request.size, channels: 1 as const};
  const square = request.size === size ? pixels : await greySquare(sharp(pixels, {raw}), size, fit);
  return {pixels: square, width: request.size, height: request.size, notes: []};
}

function refuse(reason: string | undefined): void {
  if (reason) throw new Refusal(reason);
}
