import sharp from "sharp";
import {pixelsUnderWay} from "./decode.js";
import {withImage} from "./decode/file.js";
import {openRaster} from "./decode/raster.js";
import {parsePhantomPath} from "./phantom/path.js";

/** Side of the square at which colour is looked at, in pixels. */
const side = 64;

/**
 * The mean difference between the strongest and the weakest of an image's red, green and blue, of 255: 0 where it is
 * grey. What has no colours that can be read, as a phantom or a file of medical imaging, has none.
 */
export async function colourOf({path}: {path: string}): Promise<number> {
  if (parsePhantomPath(path)) return 0;
  try {
    const rgb = await withImage(path, async (bytes) => {
      const {bytes: decoded} = await openRaster(bytes);
      return pixelsUnderWay.hold(decoded, () => shrink(bytes));
    });
    return rgb.length === 3 * side * side ? meanChroma(rgb) : 0;
  } catch {
    return 0; // whether it can be decoded is told elsewhere
  }
}

const shrink = (bytes: Uint8Array): Promise<Buffer> =>
  sharp(bytes)
    .flatten({background: "black"})
    .resize(side, side, {fit: "fill", kernel: "linear"})
    .toColourspace("srgb")
    .raw()
    .toBuffer();

function meanChroma(rgb: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    const [red, green, blue] = rgb.subarray(at, at + 3);
    sum += Math.max(red, green, blue) - Math.min(red, green, blue);
  }
  return (3 * sum) / rgb.length;
}
