import type {Checksum} from "../../dataset/fetch/checksum.js";
import type {DownloadOptions} from "../../dataset/fetch/download.js";
import {download} from "../../dataset/fetch/download.js";
import type {WeightFile} from "../architecture.js";
import {byHand, weightPath} from "./locate.js";

/**
 * Fetches a weight file from its publisher into `WEIGHTS_DIR`, or continues where an earlier attempt was cut off. Only
 * a whole file of a known digest gets its name.
 * @throws UserError where it cannot be had or is another file: from where, and where to put it by hand
 */
export async function fetchWeights(
  published: WeightFile,
  options: Pick<DownloadOptions, "onProgress" | "signal" | "attempts" | "pause" | "silence"> = {}
): Promise<void> {
  const {url, digests} = published;
  const checksum = digests.length > 0 ? digests.map(checksumOf) : undefined;
  await download({url, path: weightPath(published), checksum, byHand: byHand(published), ...options});
}

function checksumOf(digest: string): Checksum {
  const [algorithm, value] = digest.split(":");
  return {algorithm: algorithm as Checksum["algorithm"], value};
}
