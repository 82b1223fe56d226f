import {createHash} from "node:crypto";
import {createReadStream, existsSync, readdirSync, readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import {pipeline} from "node:stream/promises";
import {directories, fromRoot} from "../support/paths.js";
import {bindingName} from "./binding.js";

/** The builds of libtensorflow that can be installed: for the processor, or for an NVIDIA GPU (CUDA 12). */
export const variants = ["cpu", "cuda"] as const;
export type Variant = (typeof variants)[number];

/** A file of an installation. */
export interface InstalledFile {
  /** Relative to the installation's folder. */
  path: string;
  bytes: number;
  sha256: string;
}

/** What was installed. Written last: an installation without a manifest, or that differs from it, does not count. */
export interface Manifest {
  format: 1;
  variant: Variant;
  /** Versions of the Python packages that the libraries came from. */
  packages: Record<string, string>;
  files: InstalledFile[];
}

/** An installation of libtensorflow and of the binding compiled against it. */
export interface Installation extends Manifest {
  folder: string;
  binding: string;
}

/** Where a variant is installed. */
export const installationFolder = (variant: Variant, cache = directories.cache()) =>
  join(cache, "libtensorflow", variant);

/**
 * A variant's installation if every file of its manifest is there in its size, else `undefined`. Takes milliseconds.
 */
export function provisioned(variant: Variant, cache = directories.cache()): Installation | undefined {
  const folder = installationFolder(variant, cache);
  const path = join(folder, "manifest.json");
  if (!existsSync(path)) return undefined;
  const manifest = parseManifest(readFileSync(path, "utf8"));
  const size = (path: string) => statSync(join(folder, path), {throwIfNoEntry: false})?.size;
  if (manifest?.variant !== variant || manifest.files.some(({path, bytes}) => size(path) !== bytes)) return undefined;
  return {...manifest, folder, binding: join(folder, bindingName)};
}

/**
 * What is said where CACHE_DIR leads away from an installation, so that a slower backend would take over without a
 * word.
 */
export function hiddenInstallation(usual = fromRoot(".cache")): string | undefined {
  const installed = (cache?: string) => variants.filter((variant) => provisioned(variant, cache));
  const [hidden] = installed(usual);
  if (!hidden || installed().length > 0) return undefined;
  return (
    `CACHE_DIR is ${directories.cache()}, where libtensorflow is not installed, though it is in ${usual}: ` +
    `a slower backend computes until npm run setup has installed it there too.`
  );
}

function parseManifest(text: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(text) as Manifest;
    return manifest.format === 1 ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** Sizes and digests of all files under a folder, by path. Reads all: about a second a gigabyte. */
export async function describeFiles(folder: string): Promise<InstalledFile[]> {
  const described: InstalledFile[] = [];
  for (const path of readdirSync(folder, {recursive: true, encoding: "utf8"}).sort()) {
    const status = statSync(join(folder, path));
    if (status.isFile()) described.push({path, bytes: status.size, sha256: await digest(join(folder, path))});
  }
  return described;
}

async function digest(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
