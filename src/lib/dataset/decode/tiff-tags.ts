import {Refusal} from "./refusal.js";

/** What a TIFF says of its samples, as far as libvips does not pass it on. Tags of TIFF 6.0, 1992. */
export interface TiffTags {
  bitsPerSample: number;
  sampleFormat: "unsigned" | "signed" | "float" | "other";
  /** Whether 0 is white (PhotometricInterpretation 0): the file is a negative by its own word. */
  minIsWhite: boolean;
  /** MaxSampleValue or SMaxSampleValue, where it is stated. */
  maxSample?: number;
}

const tags = {bitsPerSample: 258, photometric: 262, maxSample: 281, sampleFormat: 339, sMaxSample: 341};
const formats = ["other", "unsigned", "signed", "float"] as const;

/** How the values of a tag's type are read, and their bytes: BYTE, SHORT, LONG, SSHORT, SLONG, FLOAT, DOUBLE. */
const types: Record<number, {bytes: number; read: (view: DataView, at: number, little: boolean) => number}> = {
  1: {bytes: 1, read: (view, at) => view.getUint8(at)},
  3: {bytes: 2, read: (view, at, little) => view.getUint16(at, little)},
  4: {bytes: 4, read: (view, at, little) => view.getUint32(at, little)},
  8: {bytes: 2, read: (view, at, little) => view.getInt16(at, little)},
  9: {bytes: 4, read: (view, at, little) => view.getInt32(at, little)},
  11: {bytes: 4, read: (view, at, little) => view.getFloat32(at, little)},
  12: {bytes: 8, read: (view, at, little) => view.getFloat64(at, little)}
};

/** Reads the tags of the first page; undefined where the file is no TIFF, or is cut short before them. */
export function readTiffTags(bytes: Uint8Array): TiffTags | undefined {
  try {
    return readTags(bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readTags(bytes: Uint8Array): TiffTags | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const order = view.getUint16(0);
  const little = order === 0x4949;
  if (!little && order !== 0x4d4d) return undefined;
  const version = view.getUint16(2, little);
  if (version !== 42 && version !== 43) return undefined;
  const values = firstValues(view, little, version === 43);
  const format = values.get(tags.sampleFormat) ?? 1;
  return {
    bitsPerSample: values.get(tags.bitsPerSample) ?? 1,
    sampleFormat: formats[format] ?? "other",
    minIsWhite: values.get(tags.photometric) === 0,
    maxSample: values.get(tags.sMaxSample) ?? values.get(tags.maxSample)
  };
}

/**
 * Refuses samples that libvips takes for others or does not know: of half and double precision, of 12 bits in a row.
 */
export function refuseRare({bitsPerSample: bits, sampleFormat}: TiffTags): void {
  const known = {unsigned: [1, 2, 4, 8, 16, 32], signed: [8, 16, 32], float: [32], other: [] as number[]}[sampleFormat];
  if (known.includes(bits)) return;
  throw new Refusal(
    `has ${sampleFormat} samples of ${bits} bits, which are not read: save it as PNG or TIFF of 8 or 16 bits`
  );
}

/** The first value of each tag of the first directory. BigTIFF (version 43) has wider counts and offsets. */
function firstValues(view: DataView, little: boolean, big: boolean): Map<number, number> {
  const wide = (at: number) => (big ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little));
  const start = wide(big ? 8 : 4);
  const count = big ? wide(start) : view.getUint16(start, little);
  const [first, size, valueAt] = big ? [start + 8, 20, 12] : [start + 2, 12, 8];
  const values = new Map<number, number>();
  for (let i = 0; i < count; ++i) {
    const entry = first + i * size;
    const type = types[view.getUint16(entry + 2, little)];
    if (!type) continue;
    const inline = type.bytes * wide(entry + 4) <= (big ? 8 : 4);
    values.set(
      view.getUint16(entry, little),
      type.read(view, inline ? entry + valueAt : wide(entry + valueAt), little)
    );
  }
  return values;
}
