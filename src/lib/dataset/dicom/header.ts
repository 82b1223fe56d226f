import {damaged, Refusal} from "../decode/refusal.js";
import type {DataSet} from "./data-set.js";
import {tags} from "./tags.js";

/** How the pixels of a DICOM file are laid out (PS3.3, C.7.6.3). */
export interface Header {
  transferSyntax: string;
  rows: number;
  columns: number;
  frames: number;
  samplesPerPixel: number;
  photometric: string;
  /** Whether red, green and blue each stand together. */
  isPlanar: boolean;
  bitsAllocated: number;
  bitsStored: number;
  highBit: number;
  isSigned: boolean;
}

/**
 * Modalities of radiographs: computed, digital, and single shots of fluoroscopy. Files that state none are taken, with
 * a note.
 */
export const radiographs = ["CR", "DX", "RF"];

/** Throws `Refusal` where another modality is stated than those. */
export function refuseModality(dataSet: DataSet, modalities: readonly string[] = radiographs): void {
  const stated = dataSet.string(tags.modality);
  if (!stated || modalities.includes(stated)) return;
  const modality = isCode(stated) ? stated : "of another kind";
  throw new Refusal(`a DICOM file of modality ${modality}, not a radiograph (${modalities.join(", ")})`);
}

/** A code of the standard, not a text that somebody wrote into its place. */
const isCode = (text: string) => /^[A-Z]{2,8}$/.test(text);

/** Reads how the pixels are laid out. Throws `Refusal` where there is no image, or one of a kind that is not read. */
export function readHeader(dataSet: DataSet): Header {
  const number = (tag: string) => dataSet.uint16(tag);
  if (!dataSet.elements[tags.pixelData] || !number(tags.rows)) throw new Refusal("a DICOM file without an image in it");
  const bitsAllocated = number(tags.bitsAllocated) ?? 0;
  if (bitsAllocated !== 8 && bitsAllocated !== 16) {
    throw new Refusal(`a DICOM image of ${bitsAllocated} bits a sample, which is not read: 8 to 16 are`);
  }
  const bitsStored = number(tags.bitsStored) ?? bitsAllocated;
  const header = {
    transferSyntax: dataSet.string(tags.transferSyntax) ?? "",
    rows: number(tags.rows)!,
    columns: number(tags.columns) ?? 0,
    frames: dataSet.intString(tags.numberOfFrames) || 1,
    samplesPerPixel: number(tags.samplesPerPixel) ?? 1,
    photometric: dataSet.string(tags.photometric) ?? "MONOCHROME2",
    isPlanar: number(tags.planarConfiguration) === 1,
    bitsAllocated,
    bitsStored,
    highBit: number(tags.highBit) ?? bitsStored - 1,
    isSigned: number(tags.pixelRepresentation) === 1
  };
  const {highBit, columns, samplesPerPixel, photometric} = header;
  const isPossible = columns > 0 && bitsStored >= 1 && highBit >= bitsStored - 1 && highBit < bitsAllocated;
  const channels = /^(MONOCHROME|PALETTE)/.test(photometric) ? 1 : 3;
  if (!isPossible || samplesPerPixel !== channels) throw damaged();
  return header;
}
