import {damaged, Refusal} from "../decode/refusal.js";
import {type Codec, codecs, type Decompressed} from "./codecs.js";
import {type DataSet, explicitBigEndian} from "./data-set.js";
import {firstFrame, frameLength} from "./frame.js";
import type {Header} from "./header.js";
import {decodeRunLengths} from "./run-length.js";
import {tags} from "./tags.js";

const uncompressed = ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99", explicitBigEndian];
const runLengths = "1.2.840.10008.1.2.5";

/** Throws `Refusal` where pixels are stored in a way that is not read. */
export function refuseSyntax({transferSyntax}: Header): void {
  if (uncompressed.includes(transferSyntax) || transferSyntax === runLengths || codecs.has(transferSyntax)) return;
  const named = /^[\d.]{1,64}$/.test(transferSyntax) ? transferSyntax : "that is not stated";
  throw new Refusal(
    `a DICOM file of transfer syntax ${named}, which is not read: save it uncompressed (Explicit VR Little Endian)`
  );
}

/** The values of the first frame as they are stored, row-major, channels side by side. */
export interface Samples {
  values: Int32Array;
  channels: number;
}

/** Decodes the first frame. Throws `Refusal`. */
export async function readSamples(dataSet: DataSet, header: Header): Promise<Samples> {
  const frame = firstFrame(dataSet, header);
  const codec = codecs.get(header.transferSyntax);
  const frameSamples = codec ? await decompress(codec, frame, header) : native(frame, dataSet, header);
  const {channels, bits, bytes} = frameSamples;
  // A decoder that met damage may give less than it should.
  const length = header.rows * header.columns * channels * (bits > 8 ? 2 : 1);
  if (channels !== header.samplesPerPixel || bytes.length !== length) throw damaged();
  return toSamples(frameSamples, header);
}

/** The frame's own word of its size is asked before memory is taken for it. */
async function decompress({size, decode}: Codec, frame: Uint8Array, {rows, columns}: Header): Promise<Decompressed> {
  const {width, height} = size(frame);
  if (width !== columns || height !== rows) throw damaged();
  return decode(frame);
}

/** Uncompressed samples and run lengths, as if a decoder had given them. */
function native(frame: Uint8Array, dataSet: DataSet, header: Header): Decompressed {
  const {transferSyntax, columns: width, rows: height, samplesPerPixel: channels, bitsAllocated: bits} = header;
  const size = {width, height, bits, channels};
  if (transferSyntax === runLengths) return {...size, isPlanar: false, bytes: decodeRunLengths(frame, header)};
  // Big-endian words also hold bytes in pairs.
  const isSwapped =
    transferSyntax === explicitBigEndian && (bits === 16 || dataSet.elements[tags.pixelData].vr === "OW");
  const bytes = (isSwapped ? swapped(frame) : frame).slice(0, frameLength(header));
  if (header.photometric === "YBR_FULL_422") return {...size, isPlanar: false, bytes: spread(bytes)};
  return {...size, isPlanar: header.isPlanar && channels > 1, bytes};
}

function swapped(bytes: Uint8Array): Uint8Array {
  return bytes.map((_, i) => bytes[i ^ 1]);
}

/** Y1 Y2 Cb Cr of two pixels as Y1 Cb Cr, Y2 Cb Cr. */
function spread(bytes: Uint8Array): Uint8Array {
  const wide = new Uint8Array((bytes.length / 2) * 3);
  for (let i = 0; i + 4 <= bytes.length; i += 4) {
    const [first, second, blue, red] = bytes.subarray(i, i + 4);
    wide.set([first, blue, red, second, blue, red], (i / 2) * 3);
  }
  return wide;
}

/** Takes the bits that are used out of each sample, extends their sign and puts channels side by side. */
function toSamples({bytes, bits, channels, isPlanar}: Decompressed, header: Header): Samples {
  const {bitsStored, highBit, bitsAllocated, isSigned, transferSyntax} = header;
  const stored = bits > 8 ? new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2) : bytes;
  // A decoder gives the value alone, at the lower end.
  const isDecoded = codecs.has(transferSyntax);
  const used = isDecoded ? Math.min(bits, bitsAllocated) : bitsStored;
  const shift = isDecoded ? 0 : highBit + 1 - bitsStored;
  const free = 32 - used;
  const pixels = stored.length / channels;
  const values = new Int32Array(stored.length);
  for (let i = 0; i < values.length; ++i) {
    const from = isPlanar ? (i % channels) * pixels + Math.floor(i / channels) : i;
    const raised = (stored[from] >> shift) << free;
    values[i] = isSigned ? raised >> free : raised >>> free;
  }
  return {values, channels};
}
