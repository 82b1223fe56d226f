import {closeSync, openSync, readSync, statSync} from "node:fs";
import {basename, extname} from "node:path";
import {isDicom} from "./dicom/data-set.js";

/** How files are named that are taken for images; what they are, their bytes tell. */
export const imageExtensions = [".dcm", ".dicom", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".gif", ".avif"];

/** Other names of JPEG and DICOM files. */
const aliases = [".jfif", ".jpe", ".jif", ".pjpeg", ".pjp", ".dic"];

const taken = new Set([...imageExtensions, ...aliases]);

/**
 * Whether a file is taken for an image: it is named like one that can be read, or it has no extension, as files from a
 * scanner or a CD, and is a DICOM file by its first bytes. Hidden files and the table of contents of a CD are none.
 */
export function isImage(path: string): boolean {
  const name = basename(path);
  if (name.startsWith(".") || name === "DICOMDIR") return false;
  return hasExtension(name) ? taken.has(extname(name).toLowerCase()) : isDicom(head(path));
}

/** What follows the last dot of "1.2.840.113619.2.5" is a number. */
export const hasExtension = (name: string): boolean => extname(name) !== "" && !/^\.\d*$/.test(extname(name));

/** The first bytes of a file; none where there is no file, or one that may not be read. */
function head(path: string): Uint8Array {
  const bytes = new Uint8Array(256);
  try {
    // Opening a pipe would wait for somebody to write.
    if (!statSync(path).isFile()) return bytes.subarray(0, 0);
    const file = openSync(path, "r");
    try {
      return bytes.subarray(0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch {
    return bytes.subarray(0, 0);
  }
}
