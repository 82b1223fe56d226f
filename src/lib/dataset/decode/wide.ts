import type {Metadata, Sharp} from "sharp";
import sharp from "sharp";
import {throwExplained} from "./explain.js";
import {Refusal} from "./refusal.js";
import {significantBits} from "./significant-bits.js";
import type {TiffTags} from "./tiff-tags.js";
import {depths, refuseNegative, short, survey, toByte, whiteLevel} from "./white-level.js";

interface Wide {
  metadata: Metadata;
  bytes: Uint8Array;
  tiff?: TiffTags;
}

/** Colour spaces of libvips whose channels are grey, or red, green and blue. */
const spaces = ["b-w", "grey16", "srgb", "rgb16", "scrgb"];

/** Brings samples of more than 8 bits, with a sign or of fractions to bytes, by the range that they really use. */
export async function loadWide(image: Sharp, wide: Wide): Promise<Sharp> {
  await refuseRare(image, wide);
  const {data, width, height, channels} = await readSamples(image, wide);
  const alpha = wide.metadata.hasAlpha ? channels - 1 : undefined;
  const isAlpha = (i: number) => i % channels === alpha;
  const isVisible = (i: number) => !isAlpha(i) && (alpha === undefined || data[i - (i % channels) + alpha] > 0);
  const white = whiteOf(data, isVisible, wide);
  const opaque = alpha === undefined ? 0 : whiteLevel(survey(data, depths, isAlpha), depths);
  const pixels = new Uint8Array(data.length);
  for (let i = 0; i < data.length; ++i) {
    const level = toByte(data[i], isAlpha(i) ? opaque : white);
    pixels[i] = wide.tiff?.minIsWhite && !isAlpha(i) ? 255 - level : level;
  }
  return sharp(pixels, {raw: {width, height, channels}, limitInputPixels: false});
}

/** Refuses what libvips reads wrongly or not at all: half and double precision, odd numbers of bits, other colours. */
async function refuseRare(image: Sharp, {metadata: {space, depth}, tiff}: Wide): Promise<void> {
  const {bitsPerSample = 16, sampleFormat = "unsigned"} = tiff ?? {};
  const isRead = sampleFormat === "float" ? bitsPerSample === 32 : sampleFormat !== "other" && bitsPerSample <= 32;
  const remedy = "save it as PNG or TIFF of 8 or 16 bits, in grey";
  if (!isRead) throw new Refusal(`has ${sampleFormat} samples of ${bitsPerSample} bits, which are not read: ${remedy}`);
  if (!spaces.includes(space))
    throw new Refusal(`has ${space} colours of ${bitsPerSample} bits, which are not read: ${remedy}`);
  // Sharp takes signed 16 bits for unsigned ones in all but its statistics.
  if (depth === "short") (await image.clone().stats().catch(throwExplained)).channels.forEach(refuseNegative);
}

/** Samples as they are stored, row-major, channels side by side. */
async function readSamples(image: Sharp, {metadata: {space, depth}, tiff}: Wide) {
  const type = depth === "ushort" || depth === "short" ? "ushort" : "double";
  const raw = image.clone().toColourspace(space).raw({depth: type});
  const {data: bytes, info} = await raw.toBuffer({resolveWithObject: true}).catch(throwExplained);
  const {buffer, byteOffset, length} = bytes;
  const data = type === "ushort" ? new Uint16Array(buffer, byteOffset, length / 2) : new Float64Array(buffer, byteOffset, length / 8); // prettier-ignore
  // libvips turns unsigned negatives over, from the end of what their bits could hold, which they seldom use.
  if (tiff?.minIsWhite && tiff.sampleFormat === "unsigned") {
    const end = 2 ** tiff.bitsPerSample - 1;
    for (let i = 0; i < data.length; ++i) data[i] = end - data[i];
  }
  return {data, width: info.width, height: info.height, channels: info.channels as 1 | 2 | 3 | 4};
}

function whiteOf(data: ArrayLike<number>, isVisible: (i: number) => boolean, wide: Wide): number {
  const levels = levelsOf(wide);
  const seen = survey(data, levels, isVisible);
  if (seen.count === 0) throw new Refusal("fully transparent");
  const white = whiteLevel(seen, levels);
  if (levels[0] === 1 && white === depths[0] && seen.max < 16) {
    throw new Refusal(`has values up to ${short(seen.max)}, which fill neither 0 to 1 nor 0 to 255`);
  }
  return white;
}

/** What may be white: by what the file says, where it says something, else by the depths that are in use. */
function levelsOf({metadata: {format, depth}, bytes, tiff}: Wide): number[] {
  if (format === "heif") return [65535];
  if (format === "png") {
    const bits = significantBits(bytes);
    return bits === undefined ? depths : [...(bits < 16 ? [2 ** bits - 1] : []), 65535];
  }
  const levels =
    {char: [127], short: [...depths.slice(0, -1), 32767], float: [1, ...depths]}[depth as string] ?? depths;
  const stated = levels.filter((level) => level >= (tiff?.maxSample ?? 0));
  return stated.length > 0 ? stated : levels;
}
