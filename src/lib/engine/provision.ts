import {existsSync, readdirSync, renameSync, rmSync} from "node:fs";
import {join} from "node:path";
import {explainWriteError, makeFolder, writeAtomic} from "../support/files.js";
import type {OnProgress} from "../support/progress.js";
import {bindingName, compileBinding} from "./binding.js";
import type {Installation, Manifest, Variant} from "./installation.js";
import {describeFiles, installationFolder, provisioned} from "./installation.js";
import type {PipOptions} from "./pip.js";
import {pip, wheelTarget} from "./pip.js";
import type {Run} from "./run-command.js";
import {runCommand} from "./run-command.js";
import {checkDisk, findTools, freeBytesOn} from "./tools.js";
import {DamagedWheel, openWheel} from "./wheel.js";

/** The release of TensorFlow that is installed; the binding uses only its stable C interface. */
export const tensorflowVersion = "2.21.0";

// Bytes of the wheels and at the peak on disk. The processor's were measured on x86-64; CUDA's are generous estimates.
const packages = {
  cpu: {name: "tensorflow-cpu", wheelBytes: 274e6, nvidiaBytes: 0, diskBytes: 1.5e9},
  cuda: {name: "tensorflow", wheelBytes: 620e6, nvidiaBytes: 2.6e9, diskBytes: 12e9}
} as const;

export interface ProvisionOptions {
  variant: Variant;
  onProgress?: OnProgress;
  log?: (line: string) => void;
  /** Runs Python, the compiler and Node; tests pass their own. */
  run?: Run;
  /** Free bytes on a folder's disk; tests pass their own. */
  freeBytes?: (folder: string) => number;
}

/**
 * Installs libtensorflow into the cache and compiles tfjs-node's binding against it, so that the `tensorflow` backend
 * works. pip fetches TensorFlow's wheel (for CUDA also NVIDIA's libraries) by name and pinned version; the libraries
 * are unpacked and checked against the wheel's own digests; the compiler builds the binding; a fresh process loads it.
 * All of it happens in a folder that is renamed at the end, so that partial work never counts; a finished download is
 * kept for the next try. Throws a UserError that names what is missing: Python, pip, a compiler, disk space, network.
 */
export async function provision(options: ProvisionOptions): Promise<Installation> {
  const {variant, log = () => undefined, run = runCommand, freeBytes = freeBytesOn} = options;
  const existing = provisioned(variant);
  if (existing) {
    log(`libtensorflow (${variant}) is already installed in ${existing.folder}`);
    return existing;
  }
  const folder = installationFolder(variant);
  const staging = `${folder}.partial`;
  const {python, compiler} = await findTools(run);
  try {
    makeFolder(staging);
    checkDisk(freeBytes(staging), packages[variant].diskBytes);
    const pipOptions = {python, run, temporary: join(staging, "temporary"), onProgress: options.onProgress};
    const versions = await installLibraries(options, staging, pipOptions);
    log(`Compiling the binding with ${compiler}, about 20 s`);
    await compileBinding({compiler, run, folder: staging});
    rmSync(join(staging, "download"), {recursive: true, force: true});
    log("Recording checksums");
    const manifest: Manifest = {format: 1, variant, packages: versions, files: await describeFiles(staging)};
    writeAtomic(join(staging, "manifest.json"), JSON.stringify(manifest, null, 2));
    rmSync(folder, {recursive: true, force: true});
    renameSync(staging, folder);
    return {...manifest, folder, binding: join(folder, bindingName)};
  } catch (error) {
    throw explainWriteError(error, staging);
  }
}

type PipContext = Omit<PipOptions, "what" | "bytes">;

/** Downloads and unpacks what the binding links to. Returns the versions of the packages it came from. */
async function installLibraries({variant, log, onProgress}: ProvisionOptions, staging: string, context: PipContext) {
  const {name, wheelBytes, nvidiaBytes} = packages[variant];
  const download = join(staging, "download");
  if (!existsSync(download)) {
    log?.(`Downloading ${name} ${tensorflowVersion} with pip`);
    const requirement = `${name}==${tensorflowVersion}`;
    // Renamed when pip has ended well, so that half a wheel is never taken for one.
    const arriving = join(staging, "arriving");
    rmSync(arriving, {recursive: true, force: true});
    await pip(["download", ...wheelTarget(), `--dest=${arriving}`, requirement], {
      ...context,
      what: name,
      bytes: wheelBytes
    });
    renameSync(arriving, download);
  }
  const wheelFile = readdirSync(download).find((file) => file.endsWith(".whl"));
  const requirements = await unpackLibraries(join(download, wheelFile ?? "tensorflow.whl"), staging, onProgress).catch(
    (error: Error) => {
      if (error instanceof DamagedWheel) rmSync(download, {recursive: true, force: true});
      throw error;
    }
  );
  const versions = {[name]: tensorflowVersion};
  if (variant === "cpu") return versions;
  log?.("Downloading NVIDIA's libraries with pip, about 2.6 GB");
  const args = ["install", ...wheelTarget(), `--target=${staging}`, "--upgrade", ...nvidiaRequirements(requirements)];
  await pip(args, {...context, what: "NVIDIA's libraries", bytes: nvidiaBytes});
  return {...versions, ...installedVersions(staging)};
}

/** Two libraries and the headers of TensorFlow's C interface: all of the wheel that the binding needs. */
const needed = (path: string) =>
  /^tensorflow\/libtensorflow_(cc|framework)\.so\.2$/.test(path) ||
  /^tensorflow\/include\/(tensorflow\/c|tensorflow\/core\/platform|tsl\/platform|xla\/tsl\/c)\/.*\.h$/.test(path);

async function unpackLibraries(path: string, folder: string, onProgress?: OnProgress): Promise<string> {
  const wheel = await openWheel(path);
  try {
    await wheel.unpack(needed, folder, (done, total) =>
      onProgress?.({done, total, unit: "bytes", note: "unpacking libtensorflow"})
    );
    return await wheel.info("METADATA");
  } finally {
    wheel.close();
  }
}

/** NVIDIA's packages with their version ranges, from the lines of a wheel's METADATA that belong to `and-cuda`. */
export const nvidiaRequirements = (metadata: string): string[] =>
  [...metadata.matchAll(/^Requires-Dist: ([^;\n]+?) *;.*extra == ['"]and-cuda['"]/gm)].map(
    ([, requirement]) => requirement
  );

/** Versions of the packages that `pip install --target` put into a folder, from the names of their `.dist-info`. */
function installedVersions(folder: string): Record<string, string> {
  const names = readdirSync(folder).map((name) => /^(.+)-([^-]+)\.dist-info$/.exec(name));
  return Object.fromEntries(names.flatMap((match) => (match ? [[match[1].replaceAll("_", "-"), match[2]]] : [])));
}
