import dicomParser, {type DataSet} from "dicom-parser";
import {damaged, Refusal} from "../decode/refusal.js";
import {sequences, tags} from "./tags.js";

export type {DataSet};

const implicitLittleEndian = "1.2.840.10008.1.2";
const explicitLittleEndian = "1.2.840.10008.1.2.1";
export const explicitBigEndian = "1.2.840.10008.1.2.2";
const deflated = "1.2.840.10008.1.2.1.99";

/** A deflated data set may grow to so many bytes. */
export const inflateLimit = 128 * 2 ** 20;

/** Whether bytes are a DICOM file: with its preamble, or a bare data set that begins with group 0002 or 0008. */
export const isDicom = (bytes: Uint8Array): boolean => hasPreamble(bytes) || bareSyntax(bytes) !== undefined;

/** Whether it cannot be told, before all is inflated, how large the data set is. */
export const isDeflated = (bytes: Uint8Array): boolean => metaOf(bytes)?.syntax === deflated;

/** Parses a DICOM file; values are read when they are asked for. Throws `Refusal`. */
export async function parseDicom(bytes: Uint8Array): Promise<DataSet> {
  // Not a Buffer, whose slices are no copies.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const bare = bareSyntax(plain);
  const file = bare === "meta" ? withPreamble(plain) : plain;
  const meta = metaOf(file);
  if (meta?.syntax === deflated) return parse(await inflate(file.subarray(meta.end)), explicitLittleEndian);
  if (hasPreamble(file) && !meta) throw damaged();
  if (meta && !meta.syntax) throw new Refusal("a DICOM file that states no transfer syntax, which is not read");
  return parse(file, bare, meta?.elements);
}

/** `syntax` is of a data set without meta information. */
function parse(file: Uint8Array, syntax?: string, meta: DataSet["elements"] = {}): DataSet {
  try {
    return dicomParser.parseDicom(file, {
      TransferSyntaxUID: syntax,
      vrCallback: (tag: string) => (sequences.includes(tag) ? "SQ" : undefined)
    });
  } catch (error) {
    const {dataSet} = error as {dataSet?: DataSet};
    // What is garbled behind the pixels harms nobody. The error holds the file, with all names in it: it goes no
    // further.
    if (!dataSet || !isWhole(dataSet)) throw damaged();
    Object.assign(dataSet.elements, meta);
    return dataSet;
  }
}

function isWhole({elements, byteArray}: DataSet): boolean {
  const pixels = elements[tags.pixelData];
  return pixels !== undefined && pixels.dataOffset + pixels.length <= byteArray.length;
}

const hasPreamble = (bytes: Uint8Array) => String.fromCharCode(...bytes.subarray(128, 132)) === "DICM";

function withPreamble(bytes: Uint8Array): Uint8Array {
  const file = new Uint8Array(132 + bytes.length);
  file.set([68, 73, 67, 77], 128);
  file.set(bytes, 132);
  return file;
}

/**
 * How a file without preamble is encoded, as its first element (group 0002 or 0008) shows; undefined where there is
 * none.
 */
function bareSyntax(bytes: Uint8Array): string | undefined {
  if (hasPreamble(bytes) || bytes.length < 16) return undefined;
  const [a, b, c, d, ...vr] = bytes.subarray(0, 6);
  const isExplicit = /^[A-Z]{2}$/.test(String.fromCharCode(...vr));
  if (a === 2 && b === 0 && d === 0 && isExplicit) return "meta";
  if (a === 0 && b === 8 && c === 0 && isExplicit) return explicitBigEndian;
  if (a !== 8 || b !== 0 || d !== 0) return undefined;
  if (isExplicit) return explicitLittleEndian;
  // Four bytes of length, of which the first elements of group 0008 need two at most.
  return bytes[6] === 0 && bytes[7] === 0 ? implicitLittleEndian : undefined;
}

/** The file meta information and where it ends; undefined where there is none that can be read. */
function metaOf(bytes: Uint8Array): {syntax?: string; end: number; elements: DataSet["elements"]} | undefined {
  if (!hasPreamble(bytes) || metaEnd(bytes) > bytes.length) return undefined;
  try {
    const meta = dicomParser.readPart10Header(bytes.subarray(0, metaEnd(bytes))) as DataSet & {position: number};
    return {syntax: meta.string(tags.transferSyntax), end: meta.position, elements: meta.elements};
  } catch {
    return undefined;
  }
}

/**
 * Behind the meta information, by its length (0002,0000), or the end where it is not stated: what follows may be
 * deflated.
 */
function metaEnd(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isStated = bytes.length > 144 && view.getUint32(132) === 0x02000000 && view.getUint32(136, true) === 0x00044c55;
  return isStated ? 144 + view.getUint32(140, true) : bytes.length;
}

/** Inflates as far as that goes: whether all is there, the parser will see. Throws `Refusal` where it has no end. */
async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let total = 0;
  const stream = new Blob([bytes.slice()]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  try {
    for await (const part of stream as unknown as AsyncIterable<Uint8Array>) {
      total += part.length;
      if (total > inflateLimit) throw new Refusal(`inflates to more than ${Math.floor(inflateLimit / 1e6)} MB`);
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
  }
  const whole = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
