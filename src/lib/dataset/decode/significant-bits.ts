/**
 * How many bits of a PNG's colour samples are significant by its chunk sBIT (section 11.3.2.7 of its specification),
 * the most of any channel; undefined where it has none. The chunk stands before the image data.
 */
export function significantBits(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let colourType = 0;
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === "IDAT") break;
    if (type === "IHDR") colourType = view.getUint8(at + 17);
    if (type === "sBIT")
      return Math.max(...bytes.subarray(at + 8, at + 8 + (colourType === 2 || colourType === 6 ? 3 : 1)));
  }
  return undefined;
}
