import sharp from "sharp";
import {openDicom} from "../dicom.js";
import type {Source} from "./source.js";

/** Opens a DICOM file. Throws `Refusal`. */
export async function openDicomSource(bytes: Uint8Array): Promise<Source> {
  const {width, height, bytes: taken, decode} = await openDicom(bytes);
  const load = async () => {
    const {pixels, channels, notes} = await decode();
    return {image: sharp(pixels, {raw: {width, height, channels}, limitInputPixels: false}), notes};
  };
  return {width, height, bytes: taken, load};
}
