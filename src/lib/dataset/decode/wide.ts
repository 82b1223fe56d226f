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

/** Samples row-major, channels side by side; the last one is alpha where `alpha` is its number. */
interface Samples {
  data: Uint16Array | Float64Array;
  width: number;
  height: number;
  channels: 1 | 2 | 3 | 4;
  alpha?: number;
}

/** Colour spaces of libvips whose channels are grey, or red, green and blue. */
const spaces = ["b-w", "grey16", "srgb", "rgb16", "scrgb"];

/** Brings samples of more than 8 bits, with a sign or of fractions to bytes, by the range that they really use. */
export async function loadWide(image: Sharp, wide: Wide): Promise<Sharp> {
  await refuseStrange(image, wide);
  const samples = await readSamples(image, wide);
  const {data, width, height, channels, alpha} = samples;
  const {white, isNegative} = toneOf(samples, wide);
  const isAlpha = (i: number) => alpha !== undefined && i % channels === alpha;
  const opaque = alpha === undefined ? 0 : whiteLevel(survey(data, depths, isAlpha), depths);
  const pixels = new Uint8Array(data.length);
  for (let i = 0; i < data.length; ++i) {
    if (isAlpha(i)) pixels[i] = toByte(data[i], opaque);
    else pixels[i] = isNegative ? 255 - toByte(data[i], white) : toByte(data[i], white);
  }
  return sharp(pixels, {raw: {width, height, channels}, limitInputPixels: false});
}

async function refuseStrange(image: Sharp, {metadata: {space, depth}}: Wide): Promise<void> {
  if (!spaces.includes(space)) {
    throw new Refusal(`has ${space} colours of more than 8 bits, which are not read: save it in grey`);
  }
  // Sharp takes signed 16 bits for unsigned ones in all but its statistics.
  if (depth === "short") (await image.clone().stats().catch(throwExplained)).channels.forEach(refuseNegative);
}

async function readSamples(image: Sharp, {metadata: {space, depth, hasAlpha}}: Wide): Promise<Samples> {
  const type = depth === "ushort" || depth === "short" ? "ushort" : "double";
  const raw = image.clone().toColourspace(space).raw({depth: type});
  const {data: bytes, info} = await raw.toBuffer({resolveWithObject: true}).catch(throwExplained);
  const {buffer, byteOffset, length} = bytes;
  const {width, height} = info;
  const channels = info.channels as Samples["channels"];
  const data =
    type === "ushort"
      ? new Uint16Array(buffer, byteOffset, length / 2)
      : new Float64Array(buffer, byteOffset, length / 8);
  return {data, width, height, channels, alpha: hasAlpha ? channels - 1 : undefined};
}

/** Which value is white, or, of a negative, black. Throws `Refusal` where nothing can be seen. */
function toneOf(samples: Samples, wide: Wide): {white: number; isNegative: boolean} {
  const {tiff} = wide;
  if (!tiff?.minIsWhite) return {white: whiteOf(samples, wide), isNegative: false};
  const end = {unsigned: 2 ** tiff.bitsPerSample - 1, signed: 2 ** (tiff.bitsPerSample - 1) - 1, float: 1, other: 0};
  // libvips turns these over, from the end of what their bits could hold: back to what is stored.
  if (tiff.sampleFormat === "unsigned") turnOver(samples, end.unsigned);
  const white = whiteOf(samples, wide);
  if (white < end[tiff.sampleFormat]) return {white, isNegative: true};
  // Values that reach that end may have been turned over from it, however few of them are in use.
  turnOver(samples, end[tiff.sampleFormat]);
  return {white: whiteOf(samples, wide), isNegative: false};
}

function turnOver({data, channels, alpha}: Samples, end: number): void {
  for (let i = 0; i < data.length; ++i) if (alpha === undefined || i % channels !== alpha) data[i] = end - data[i];
}

function whiteOf({data, channels, alpha}: Samples, wide: Wide): number {
  const levels = levelsOf(wide);
  const isVisible = (i: number) =>
    alpha === undefined || (i % channels !== alpha && data[i - (i % channels) + alpha] > 0);
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
  if (format === "heif") return depths.slice(-1);
  if (format === "png") {
    const bits = significantBits(bytes);
    // Its specification has writers scale samples up; some leave them as they were.
    return bits === undefined ? depths : [...(bits < 16 ? [2 ** bits - 1] : []), 65535];
  }
  const levels =
    {char: [127], short: [...depths.slice(0, -1), 32767], float: [1, ...depths]}[depth as string] ?? depths;
  const stated = levels.filter((level) => level >= (tiff?.maxSample ?? 0));
  return stated.length > 0 ? stated : levels;
}
