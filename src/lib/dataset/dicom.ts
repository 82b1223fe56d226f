import {toColours} from "./dicom/colour.js";
import {parseDicom} from "./dicom/data-set.js";
import {readDisplay} from "./dicom/display.js";
import {toGrey} from "./dicom/grey.js";
import {radiographs, readHeader, refuseModality} from "./dicom/header.js";
import {readSamples, refuseSyntax} from "./dicom/samples.js";
import {tags} from "./dicom/tags.js";

/** The first frame of a DICOM file, as a screen shows it. */
export interface DicomImage {
  /** Grey, or red, green and blue side by side; row-major, one byte each. */
  pixels: Uint8Array;
  channels: 1 | 3;
  notes: string[];
}

/** A DICOM file whose header has been read. */
export interface OpenedDicom {
  width: number;
  height: number;
  /** Bytes that decoding takes at a time. */
  bytes: number;
  decode(): Promise<DicomImage>;
}

/**
 * Opens a DICOM file, with nothing of Node, so that a page can do the same. Only its pixels and what says how to show
 * them are read: names, dates and identifiers are not.
 * @param modalities those that are taken, beside files that state none
 * @throws Refusal where there is no image, one of another modality, or one that is stored in a way that is not read
 */
export async function openDicom(bytes: Uint8Array, {modalities = radiographs} = {}): Promise<OpenedDicom> {
  const dataSet = await parseDicom(bytes);
  const header = readHeader(dataSet);
  refuseModality(dataSet, modalities);
  refuseSyntax(header);
  const {columns, rows, frames, samplesPerPixel, photometric} = header;
  const notes = [
    ...(frames > 1 ? [`the first of ${frames} frames is taken`] : []),
    ...(dataSet.string(tags.modality) ? [] : ["the DICOM file states no modality"])
  ];
  return {
    width: columns,
    height: rows,
    // What the decoder holds and gives, the values, and the bytes shown.
    bytes: columns * rows * samplesPerPixel * (2 + 2 + 4 + 1),
    async decode() {
      const samples = await readSamples(dataSet, header);
      const isGrey = photometric === "MONOCHROME1" || photometric === "MONOCHROME2";
      if (!isGrey) return {pixels: toColours(dataSet, samples, header), channels: 3, notes};
      const {pixels, ignoresWindow} = toGrey(samples.values, readDisplay(dataSet, header));
      const ignored = ignoresWindow
        ? ["the window that the DICOM file asks for shows nothing: all values are shown"]
        : [];
      return {pixels, channels: 1, notes: [...notes, ...ignored]};
    }
  };
}
