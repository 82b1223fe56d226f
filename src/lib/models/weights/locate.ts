import {createHash} from "node:crypto";
import {existsSync} from "node:fs";
import {join} from "node:path";
import {UserError} from "../../support/errors.js";
import {readBytes} from "../../support/files.js";
import {directories} from "../../support/paths.js";
import type {Architecture, WeightFile} from "../architecture.js";

/** A weight file that is published and not here: it may be fetched. */
export class MissingWeights extends UserError {
  constructor(readonly published: WeightFile) {
    super(`The ImageNet weights ${published.file} are not in ${directories.weights()}.`, {hint: byHand(published)});
  }
}

/** What is published of an architecture; throws UserError where nobody publishes ImageNet weights. */
export function weightFileOf({title, imagenet}: Architecture): WeightFile {
  if (imagenet) return imagenet;
  throw new UserError(`Nobody publishes ImageNet weights of ${title}.`, {hint: "Start it at random."});
}

/** Where a weight file belongs, whether it is there or not. */
export const weightPath = ({file}: WeightFile) => join(directories.weights(), file);

/** How to get a weight file without this program. */
export const byHand = (published: WeightFile) =>
  `Download them from ${published.url} to ${weightPath(published)}, or set WEIGHTS_DIR to the folder that holds them.`;

/**
 * Finds a network's published weight file in `WEIGHTS_DIR` and returns its path and SHA-256 digest.
 * @throws UserError where nobody publishes one, the file is missing or it is not one of the known files
 */
export function locateWeights(architecture: Architecture): {path: string; digest: string} {
  const published = weightFileOf(architecture);
  const {url, digests} = published;
  const path = weightPath(published);
  if (!existsSync(path)) throw new MissingWeights(published);
  const bytes = readBytes(path);
  const digestBy = (algorithm: string) => createHash(algorithm).update(bytes).digest("hex");
  const matches = (digest: string) => digest === `${digest.split(":")[0]}:${digestBy(digest.split(":")[0])}`;
  const digest = digestBy("sha256");
  if (digests.length > 0 && !digests.some(matches)) {
    throw new UserError(
      `${path} is damaged or another file: its SHA-256 is ${digest}, expected ${digests.join(" or ")}.`,
      {hint: `Delete it and download it again from ${url}.`}
    );
  }
  return {path, digest};
}
