import dicomParser, {type DataSet, type Element} from "dicom-parser";
import {damaged} from "../decode/refusal.js";
import type {Header} from "./header.js";
import {tags} from "./tags.js";

/** The bytes of the first frame, as they are stored or compressed. Throws `Refusal` where they are cut short. */
export function firstFrame(dataSet: DataSet, header: Header): Uint8Array {
  const element = dataSet.elements[tags.pixelData];
  if (element.fragments) return joined(dataSet, element, header.frames);
  const {dataOffset} = element;
  const [length, stored] = [frameLength(header), Math.min(element.length, dataSet.byteArray.length - dataOffset)];
  if (length > stored) throw damaged();
  // Words may hold bytes in pairs: an odd number of them is filled up.
  return dataSet.byteArray.subarray(dataOffset, dataOffset + Math.min(stored, length + (length % 2)));
}

/** Bytes of an uncompressed frame. YBR_FULL_422 stores two pixels in four samples (PS3.3, C.7.6.3.1.2). */
export function frameLength({rows, columns, samplesPerPixel, photometric, bitsAllocated}: Header): number {
  const samples = photometric === "YBR_FULL_422" ? 2 : samplesPerPixel;
  return (rows * columns * samples * bitsAllocated) / 8;
}

function joined(dataSet: DataSet, element: Element, frames: number): Uint8Array {
  const {byteArray} = dataSet;
  const own = frames === 1 ? element.fragments! : ofFirstFrame(dataSet, element, frames);
  if (own.length === 0 || own.some(({position, length}) => position + length > byteArray.length)) throw damaged();
  const whole = new Uint8Array(own.reduce((sum, {length}) => sum + length, 0));
  let at = 0;
  for (const {position, length} of own) {
    whole.set(byteArray.subarray(position, position + length), at);
    at += length;
  }
  return whole;
}

/** Fragments up to the second frame, whose place the offset table tells, or else the marker that ends a JPEG image. */
function ofFirstFrame(dataSet: DataSet, element: Element, frames: number) {
  const fragments = element.fragments!;
  if (fragments.length === frames) return fragments.slice(0, 1);
  const {basicOffsetTable = []} = element;
  const offsets =
    basicOffsetTable.length > 1 ? basicOffsetTable : dicomParser.createJPEGBasicOffsetTable(dataSet, element);
  return fragments.filter(({offset}) => offset < (offsets[1] ?? Infinity));
}
