import {damaged, Refusal} from "../decode/refusal.js";

/** Samples of one channel, and the number of their bits. */
export interface Extended {
  width: number;
  height: number;
  bits: number;
  samples: Uint16Array;
}

interface Huffman {
  /** For the codes of each length: the first code, the last one (-1: none), and where their symbols begin. */
  first: number[];
  last: number[];
  at: number[];
  symbols: Uint8Array;
}

interface Tables {
  quantisation: Int32Array[];
  dc: Huffman[];
  ac: Huffman[];
  restartInterval: number;
}

/** Place in a block, row-major, of the coefficients in the order in which they are coded. */
const zigzag = Uint8Array.from({length: 64}, (_, i) => i).sort((a, b) => {
  const diagonal = (at: number) => (at >> 3) + (at & 7);
  const along = (at: number) => (diagonal(at) % 2 === 0 ? at & 7 : at >> 3);
  return diagonal(a) - diagonal(b) || along(a) - along(b);
});

/** cosine[8 x + u]: how much frequency u gives to position x, of one dimension (ITU-T T.81, A.3.3). */
const cosine = Float64Array.from({length: 64}, (_, i) => {
  const [x, u] = [i >> 3, i & 7];
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

/**
 * Decodes a grey JPEG of up to 12 bits, coded by sequential discrete cosine transform with Huffman codes (ITU-T T.81,
 * process 4), which browsers, libvips and libjpeg-turbo's 8-bit build do not read. Throws `Refusal`.
 */
export function decodeExtended(bytes: Uint8Array): Extended {
  const tables: Tables = {quantisation: [], dc: [], ac: [], restartInterval: 0};
  let frame: Extended | undefined;
  let quantisation = 0;
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = bytes[at + 1];
    const length = (bytes[at + 2] << 8) | bytes[at + 3];
    const segment = bytes.subarray(at + 4, at + 2 + length);
    if (bytes[at] !== 0xff) throw damaged();
    if (marker === 0xdb) readQuantisation(segment, tables);
    else if (marker === 0xc4) readHuffman(segment, tables);
    else if (marker === 0xdd) tables.restartInterval = (segment[0] << 8) | segment[1];
    else if (marker === 0xc0 || marker === 0xc1) {
      frame = readFrame(segment);
      quantisation = segment[8];
    } else if (marker === 0xda) {
      const table = tables.quantisation[quantisation];
      if (!frame || !table) throw damaged();
      decodeScan(bytes.subarray(at + 2 + length), frame, table, tables, segment[2]);
      return frame;
    } else if (marker > 0xc0 && marker < 0xd0) throw new Refusal(rare);
    at += 2 + length;
  }
  throw damaged();
}

const rare = "a DICOM image in a rare kind of JPEG, which is not read: save it uncompressed";

function readFrame(segment: Uint8Array): Extended {
  if (segment[5] !== 1 || segment[0] > 12) throw new Refusal(rare);
  const [height, width] = [(segment[1] << 8) | segment[2], (segment[3] << 8) | segment[4]];
  return {width, height, bits: segment[0], samples: new Uint16Array(width * height)};
}

function readQuantisation(segment: Uint8Array, {quantisation}: Tables): void {
  for (let at = 0; at < segment.length;) {
    const [isWide, id] = [segment[at] >> 4, segment[at] & 15];
    at += 1;
    const table = new Int32Array(64);
    for (const place of zigzag) {
      table[place] = isWide ? (segment[at] << 8) | segment[at + 1] : segment[at];
      at += isWide ? 2 : 1;
    }
    quantisation[id] = table;
  }
}

function readHuffman(segment: Uint8Array, tables: Tables): void {
  for (let at = 0; at < segment.length;) {
    const lengths = segment.subarray(at + 1, at + 17);
    const total = lengths.reduce((sum, count) => sum + count, 0);
    const table = huffman(lengths, segment.subarray(at + 17, at + 17 + total));
    (segment[at] >> 4 ? tables.ac : tables.dc)[segment[at] & 15] = table;
    at += 17 + total;
  }
}

/** Codes of one length are consecutive numbers; the next length goes on from twice the last one (T.81, annex C). */
function huffman(lengths: Uint8Array, symbols: Uint8Array): Huffman {
  const table: Huffman = {first: [0], last: [-1], at: [0], symbols};
  let [code, at] = [0, 0];
  for (const count of lengths) {
    table.first.push(code);
    table.last.push(count > 0 ? code + count - 1 : -1);
    table.at.push(at);
    code = (code + count) << 1;
    at += count;
  }
  return table;
}

/** Decodes the blocks of 8 x 8 samples of a scan into the frame. `selectors` says which tables its one channel uses. */
function decodeScan(coded: Uint8Array, frame: Extended, quantisation: Int32Array, tables: Tables, selectors: number) {
  const [dc, ac] = [tables.dc[selectors >> 4], tables.ac[selectors & 15]];
  if (!dc || !ac) throw damaged();
  const reader = bitReader(coded);
  const across = Math.ceil(frame.width / 8);
  const blocks = across * Math.ceil(frame.height / 8);
  const coefficients = new Float64Array(64);
  let level = 0;
  for (let block = 0; block < blocks; ++block) {
    if (tables.restartInterval > 0 && block > 0 && block % tables.restartInterval === 0) {
      reader.restart();
      level = 0;
    }
    level += reader.signed(reader.symbol(dc));
    coefficients.fill(0);
    coefficients[0] = level * quantisation[0];
    for (let k = 1; k < 64; ++k) {
      const symbol = reader.symbol(ac);
      const size = symbol & 15;
      // Without a size: sixteen zeros, or the end of the block.
      if (size === 0 && symbol !== 0xf0) break;
      k += symbol >> 4;
      if (k > 63) throw damaged();
      if (size > 0) coefficients[zigzag[k]] = reader.signed(size) * quantisation[zigzag[k]];
    }
    place(transform(coefficients), frame, 8 * (block % across), 8 * Math.floor(block / across));
  }
}

/** Reads codes bit by bit; a zero byte behind 0xff belongs to it, anything else is a marker. */
function bitReader(coded: Uint8Array) {
  let [at, current, left] = [0, 0, 0];
  const bit = () => {
    if (left === 0) {
      current = coded[at++];
      if (current === undefined || (current === 0xff && coded[at++] !== 0)) throw damaged();
      left = 8;
    }
    left -= 1;
    return (current >> left) & 1;
  };
  return {
    symbol({first, last, at, symbols}: Huffman): number {
      let code = 0;
      for (let length = 1; length <= 16; ++length) {
        code = (code << 1) | bit();
        if (code <= last[length]) return symbols[at[length] + code - first[length]];
      }
      throw damaged();
    },
    /** A number of `size` bits, of which those that begin with 0 are negative (T.81, F.2.2.1). */
    signed(size: number): number {
      let value = 0;
      for (let i = 0; i < size; ++i) value = (value << 1) | bit();
      return size === 0 || value >= 1 << (size - 1) ? value : value - (1 << size) + 1;
    },
    restart() {
      left = 0;
      if (coded[at] !== 0xff || coded[at + 1] < 0xd0 || coded[at + 1] > 0xd7) throw damaged();
      at += 2;
    }
  };
}

/** The inverse discrete cosine transform of a block: along rows, then along columns. */
function transform(coefficients: Float64Array): Float64Array {
  const [rows, block] = [new Float64Array(64), new Float64Array(64)];
  for (let v = 0; v < 8; ++v) {
    for (let x = 0; x < 8; ++x) {
      for (let u = 0; u < 8; ++u) rows[8 * v + x] += cosine[8 * x + u] * coefficients[8 * v + u];
    }
  }
  for (let x = 0; x < 8; ++x) {
    for (let y = 0; y < 8; ++y) {
      for (let v = 0; v < 8; ++v) block[8 * y + x] += cosine[8 * y + v] * rows[8 * v + x];
    }
  }
  return block;
}

/** Writes what of a block lies within the frame; values are stored around the middle of their range. */
function place(block: Float64Array, {width, height, bits, samples}: Extended, left: number, top: number): void {
  const [middle, most] = [1 << (bits - 1), (1 << bits) - 1];
  for (let y = 0; y < Math.min(8, height - top); ++y) {
    for (let x = 0; x < Math.min(8, width - left); ++x) {
      const value = Math.round(block[8 * y + x]) + middle;
      samples[(top + y) * width + left + x] = Math.max(0, Math.min(most, value));
    }
  }
}
