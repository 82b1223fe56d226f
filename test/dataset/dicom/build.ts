/** An element of a data set: group and number, kind, and its value as bytes, text, or numbers of two bytes. */
export type Element = [tag: number, vr: string, value: Uint8Array | string | number[]];

const longLengths = ["OB", "OW", "SQ", "UN", "UT"];

/** Elements in explicit little-endian encoding, by tag. */
export function encode(elements: readonly Element[]): Buffer {
  return Buffer.concat(elements.toSorted(([a], [b]) => a - b).map(encodeElement));
}

function encodeElement([tag, vr, value]: Element): Buffer {
  const bytes = toBytes(vr, value);
  const head = Buffer.alloc(longLengths.includes(vr) ? 12 : 8);
  head.writeUInt16LE(tag >>> 16, 0);
  head.writeUInt16LE(tag & 0xffff, 2);
  head.write(vr, 4, "latin1");
  if (head.length === 12) head.writeUInt32LE(bytes.length, 8);
  else head.writeUInt16LE(bytes.length, 6);
  return Buffer.concat([head, bytes]);
}

function toBytes(vr: string, value: Element[2]): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value !== "string") return new Uint8Array(Int16Array.from(value).buffer);
  return Buffer.from(value.padEnd(value.length + (value.length % 2), vr === "UI" ? "\0" : " "), "latin1");
}

/** A sequence of one item. */
export function sequence(tag: number, elements: readonly Element[]): Element {
  const item = encode(elements);
  const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
  head.writeUInt32LE(item.length, 4);
  return [tag, "SQ", Buffer.concat([head, item])];
}

/** Frames, each in one fragment, behind an empty offset table; the element's length is undefined. */
export function fragments(frames: readonly Uint8Array[]): Buffer {
  const item = (bytes: Uint8Array) => {
    const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
    head.writeUInt32LE(bytes.length + (bytes.length % 2), 4);
    return Buffer.concat([head, bytes, Buffer.alloc(bytes.length % 2)]);
  };
  const start = Buffer.from([0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x42, 0, 0, 0xff, 0xff, 0xff, 0xff]);
  return Buffer.concat([
    start,
    item(new Uint8Array(0)),
    ...frames.map(item),
    Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0])
  ]);
}

/** Whose radiograph it is said to be: no word of it may come out. */
export const secrets = ["DOE^JANE", "PID-4711", "19700101", "1.2.826.0.1.3680043.99"];

const [name, id, birth, uid] = secrets;

/** What a radiograph's data set says beside its pixels. */
export const attributes: Element[] = [
  [0x00080018, "UI", uid],
  [0x00080060, "CS", "DX"],
  [0x00100010, "PN", name],
  [0x00100020, "LO", id],
  [0x00100030, "DA", birth]
];

export interface Pixels {
  width: number;
  height?: number;
  /** Bits that are used, of 16 where they are more than 8. */
  bits?: number;
  values: ArrayLike<number>;
}

/** Elements of grey pixels, unsigned. */
export function pixels({width, values, bits = 8, height = values.length / width}: Pixels): Element[] {
  const data = bits > 8 ? new Uint8Array(Uint16Array.from(values).buffer) : Uint8Array.from(values);
  return [
    [0x00280002, "US", [1]],
    [0x00280004, "CS", "MONOCHROME2"],
    [0x00280010, "US", [height]],
    [0x00280011, "US", [width]],
    [0x00280100, "US", [bits > 8 ? 16 : 8]],
    [0x00280101, "US", [bits]],
    [0x00280102, "US", [bits - 1]],
    [0x00280103, "US", [0]],
    [0x7fe00010, bits > 8 ? "OW" : "OB", data]
  ];
}

/** A file with its preamble. Elements of `more` replace those of the same tag; `end` is put behind all. */
export function dicomFile(
  elements: readonly Element[],
  {syntax = "1.2.840.10008.1.2.1", end = new Uint8Array(0)}: {syntax?: string; end?: Uint8Array} = {}
): Buffer {
  const byTag = new Map([...attributes, ...elements].map((element) => [element[0], element]));
  const stated = encode([
    [0x00020003, "UI", uid],
    [0x00020010, "UI", syntax]
  ]);
  const meta = Buffer.concat([encode([[0x00020000, "UL", [stated.length, 0]]]), stated]);
  const preamble = Buffer.alloc(132);
  preamble.write("DICM", 128);
  return Buffer.concat([preamble, meta, encode([...byTag.values()]), end]);
}
