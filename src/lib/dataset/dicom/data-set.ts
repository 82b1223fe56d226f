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
export const isDeflated = (bytes: Uint8Array): boolean => header(bytes)?.string(tags.transferSyntax) === deflated;

/** Parses a DICOM file; values are read when they are asked for. Throws `Refusal`. */
export async function parseDicom(bytes: Uint8Array): Promise<DataSet> {
  // Not a Buffer, whose slices are no copies.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const file = bareSyntax(bytes) === "meta" ? withPreamble(plain) : plain;
  if (hasPreamble(file) && !header(file)?.string(tags.transferSyntax)) {
    throw new Refusal("a DICOM file that states no transfer syntax, which is not read");
  }
  const inflated = isDeflated(file) ? await inflate(file) : file;
  try {
    return dicomParser.parseDicom(file, {
      TransferSyntaxUID: bareSyntax(file),
      vrCallback: (tag: string) => (sequences.includes(tag) ? "SQ" : undefined),
      inflater: () => inflated
    });
  } catch (error) {
    const {dataSet} = error as {dataSet?: DataSet};
    // What is garbled behind the pixels harms nobody.
    if (dataSet && isWhole(dataSet)) return dataSet;
    // The error holds the file, with all names in it: it goes no further.
    throw damaged();
  }
}

function isWhole({elements, byteArray}: DataSet): boolean {
  const pixels = elements[tags.pixelData];
  return pixels !== undefined && pixels.dataOffset + pixels.length <= byteArray.length;
}

const hasPreamble = (bytes: Uint8Array) => String.fromCharCode(...bytes.subarray(128, 132)) === "DICM";

const withPreamble = (bytes: Uint8Array) => {
  const file = new Uint8Array(132 + bytes.length);
  file.set([68, 73, 67, 77], 128);
  file.set(bytes, 132);
  return file;
};

/** How a file without preamble is encoded, as its first element (group 0002 or 0008) shows; undefined where there is none. */
function bareSyntax(bytes: Uint8Array): string | undefined {
  if (hasPreamble(bytes) || bytes.length < 16) return undefined;
  const [a, b, c, d, ...vr] = bytes.subarray(0, 6);
  const isExplicit = /^[A-Z]{2}$/.test(String.fromCharCode(...vr));
  if (a === 2 && b === 0 && d === 0 && isExplicit) return "meta";
  if (a === 0 && b === 8 && c === 0 && isExplicit) return explicitBigEndian;
  if (a !== 8 || b !== 0 || d !== 0) return undefined;
  if (isExplicit) return explicitLittleEndian;
  // Four bytes of length, which the first elements of group 0008 need two of at most.
  return bytes[6] === 0 && bytes[7] === 0 ? implicitLittleEndian : undefined;
}

/** The file meta information; undefined where there is none. */
function header(bytes: Uint8Array): (DataSet & {position?: number}) | undefined {
  try {
    return hasPreamble(bytes) ? dicomParser.readPart10Header(bytes) : undefined;
  } catch {
    return undefined;
  }
}

/** The file with its data set inflated, as far as that goes: whether all is there, the parser will see. */
async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  const start = header(bytes)?.position ?? 0;
  const parts: Uint8Array[] = [bytes.subarray(0, start)];
  let total = start;
  const stream = new Blob([bytes.slice(start)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  try {
    for await (const part of stream as unknown as AsyncIterable<Uint8Array>) {
      total += part.length;
      if (total > inflateLimit) throw new Refusal(`inflates to more than ${inflateLimit} bytes`);
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
