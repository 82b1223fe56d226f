import {Refusal} from "../decode/refusal.js";
import {depths, survey, toByte, whiteLevel} from "../decode/white-level.js";
import type {DataSet} from "./data-set.js";
import type {Header} from "./header.js";
import {lookUp, readLookup, whiteEntry} from "./lookup.js";
import type {Samples} from "./samples.js";
import {palettes} from "./tags.js";

/** Codecs that give red, green and blue, whatever they were given. */
const decodesToRgb = /^1\.2\.840\.10008\.1\.2\.4\.(5[01]|9[01])$/;

/** Colours as bytes of red, green and blue, side by side. Throws `Refusal` for a kind that is not read. */
export function toColours(dataSet: DataSet, {values}: Samples, header: Header): Uint8Array {
  const {photometric, transferSyntax, isSigned} = header;
  if (photometric === "PALETTE COLOR") return byPalette(dataSet, values, isSigned);
  if (!/^(RGB$|YBR_)/.test(photometric))
    throw new Refusal(`a DICOM image in ${describe(photometric)}, which is not read`);
  const white = whiteLevel(survey(values, depths), depths);
  const bytes = Uint8Array.from(values, (value) => toByte(value, white));
  return photometric.startsWith("YBR_FULL") && !decodesToRgb.test(transferSyntax) ? fromYbr(bytes) : bytes;
}

const describe = (photometric: string) => (/^[A-Z0-9_ ]{1,16}$/.test(photometric) ? photometric : "colours of its own");

function byPalette(dataSet: DataSet, values: Int32Array, isSigned: boolean): Uint8Array {
  if (!palettes.every(([, data]) => dataSet.elements[data])) {
    throw new Refusal("a DICOM image whose palette is in segments, which is not read");
  }
  const tables = palettes.map((tags) => readLookup(dataSet, isSigned, tags));
  const white = Math.max(...tables.map(whiteEntry));
  const colours = new Uint8Array(3 * values.length);
  tables.forEach((table, channel) => {
    for (let i = 0; i < values.length; ++i) colours[3 * i + channel] = toByte(lookUp(table, values[i]), white);
  });
  return colours;
}

/** PS3.3, C.7.6.3.1.2: CCIR 601-2 over all of 0 to 255. */
function fromYbr(bytes: Uint8Array): Uint8Array {
  const colours = new Uint8ClampedArray(bytes.length);
  for (let i = 0; i < bytes.length; i += 3) {
    const [y, blue, red] = [bytes[i], bytes[i + 1] - 128, bytes[i + 2] - 128];
    colours[i] = y + 1.402 * red;
    colours[i + 1] = y - 0.344136 * blue - 0.714136 * red;
    colours[i + 2] = y + 1.772 * blue;
  }
  return new Uint8Array(colours.buffer);
}
