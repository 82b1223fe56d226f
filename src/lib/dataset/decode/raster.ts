import type {Metadata, Sharp} from "sharp";
import sharp from "sharp";
import {headerRefusal, throwExplained} from "./explain.js";
import {unreadKind} from "./kind.js";
import {Refusal} from "./refusal.js";
import type {Source} from "./source.js";
import {readTiffTags, refuseRare} from "./tiff-tags.js";
import {loadWide} from "./wide.js";

// One thread an image: many small images decode faster side by side, and a result does not depend on the threads.
sharp.concurrency(1);
sharp.cache(false);

const formats = new Set<string | undefined>(["jpeg", "png", "tiff", "webp", "gif"]);

/**
 * The formats that are taken of those that sharp knows: not SVG, which it draws but which holds no radiograph, and not
 * HEIC, whose headers alone it reads.
 */
const isRead = ({format, compression}: Metadata) => formats.has(format) || (format === "heif" && compression === "av1");

/** Opens an image of a format that libvips reads. Throws `Refusal`. */
export async function openRaster(bytes: Uint8Array): Promise<Source> {
  const tiff = readTiffTags(bytes);
  if (tiff) refuseRare(tiff);
  // The door looks at the size in bytes, which a number of pixels does not tell.
  const image = sharp(bytes, {failOn: "error", limitInputPixels: false});
  const metadata = await image.metadata().catch(async (error: Error) => {
    throw await headerRefusal(error, bytes);
  });
  if (!isRead(metadata)) throw new Refusal((await unreadKind(bytes)) ?? "not an image");
  const {autoOrient, channels, depth, pages = 1} = metadata;
  const isPlain = depth === "uchar";
  const upright = image.autoOrient();
  const load = () => (isPlain ? loadPlain(upright, metadata) : loadWide(upright, {metadata, bytes, tiff}));
  return {
    width: autoOrient.width,
    height: autoOrient.height,
    // The samples in libvips, turned upright, and on their way to it or from it.
    bytes: 3 * autoOrient.width * autoOrient.height * channels * (isPlain ? 1 : depth === "ushort" ? 2 : 8),
    load: async () => ({image: await load(), notes: pages > 1 ? [`the first of ${pages} pages is taken`] : []})
  };
}

async function loadPlain(image: Sharp, {hasAlpha}: Metadata): Promise<Sharp> {
  if (!hasAlpha) return image;
  const alpha = image.clone().extractChannel("alpha").toColourspace("b-w").raw();
  const values = await alpha.toBuffer().catch(throwExplained);
  if (values.every((value) => value === 0)) throw new Refusal("fully transparent");
  return image;
}
