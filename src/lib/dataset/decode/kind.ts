import {fileTypeFromBuffer} from "file-type/core";

/** Bytes of a file's beginning that tell its kind. */
const headLength = 4096;

/** What of those that `file-type` knows can be read, so that a failure to read it is damage. */
const readable = new Set(["jpg", "png", "apng", "tif", "webp", "gif", "avif"]);

/** Little- and big-endian TIFF and BigTIFF, also where `file-type` misses what follows. */
const tiff = /^(II[*+]\0|MM\0[*+])/;

const asPng = "convert it to PNG";
const unpack = "unpack it";
const takeOriginal = "give the radiograph as DICOM, PNG or TIFF";

/** Kinds that `file-type` does not tell: by what stands at an offset. */
const signatures: {name: string; at: number; bytes: string; remedy: string}[] = [
  {name: "a NIfTI volume", at: 344, bytes: "n+1\0", remedy: takeOriginal},
  {name: "a NIfTI header", at: 344, bytes: "ni1\0", remedy: takeOriginal},
  {name: "a NIfTI volume", at: 4, bytes: "n+2\0", remedy: takeOriginal},
  {name: "a MetaImage (MHA)", at: 0, bytes: "ObjectType", remedy: takeOriginal},
  {name: "a MetaImage (MHA)", at: 0, bytes: "NDims", remedy: takeOriginal},
  {name: "an NRRD volume", at: 0, bytes: "NRRD", remedy: takeOriginal},
  {name: "a NumPy array", at: 0, bytes: "\x93NUMPY", remedy: takeOriginal},
  {name: "an HDF5 file", at: 0, bytes: "\x89HDF\r\n", remedy: takeOriginal},
  {name: "a PCX image", at: 0, bytes: "\n\x05\x01\x08", remedy: asPng},
  ...["P1", "P2", "P3", "P4", "P5", "P6"].map((bytes) => ({name: "a Netpbm image", at: 0, bytes, remedy: asPng}))
];

/**
 * What a file really is, whatever it is called, and what to do about it: "a BMP image, which is not read here: convert
 * it to PNG". Undefined where it is, by its first bytes, of a kind that is read.
 */
export async function unreadKind(bytes: Uint8Array): Promise<string | undefined> {
  const head = bytes.subarray(0, headLength);
  const latin = String.fromCharCode(...head);
  const signed = signatures.find(({at, bytes: sign}) => latin.startsWith(sign, at));
  if (signed) return sentence(signed);
  if (isTarga(bytes)) return sentence({name: "a TGA image", remedy: asPng});
  const known = await fileTypeFromBuffer(head);
  if (known ? readable.has(known.ext) : tiff.test(latin)) return undefined;
  if (known && known.ext !== "xml") return sentence(named(known));
  if (/<svg[\s>]/i.test(latin)) return sentence({name: "an SVG drawing", remedy: asPng});
  if (isText(head)) return "not an image but text";
  return "not an image";
}

const sentence = ({name, remedy}: {name: string; remedy?: string}) =>
  `${name}, which is not read here${remedy ? `: ${remedy}` : ""}`;

function named({ext, mime}: {ext: string; mime: string}) {
  const [group] = mime.split("/");
  const article = /^[AEFHILMNORSX]/i.test(ext) ? "an" : "a";
  const called = (what: string) => `${article} ${ext.toUpperCase()} ${what}`;
  if (group === "image") return {name: called("image"), remedy: asPng};
  if (/zip|compressed|tar|gzip|bzip|zstd|xz|lz/.test(mime)) return {name: called("archive"), remedy: unpack};
  if (/pdf|postscript|eps/.test(mime)) return {name: called("document"), remedy: "save its pictures as PNG"};
  return {name: called(group === "video" || group === "audio" ? group : "file"), remedy: undefined};
}

/** Its signature stands at the end; by its beginning it could be a cursor. */
const isTarga = (bytes: Uint8Array) => String.fromCharCode(...bytes.subarray(-18)).startsWith("TRUEVISION-XFILE.");

/** Text is UTF-8 without control characters; the last character of the head may be cut. */
function isText(head: Uint8Array): boolean {
  const control = /[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]/;
  return !control.test(new TextDecoder().decode(head).replace(/\ufffd$/, ""));
}
