import {existsSync} from "node:fs";
import {UserError} from "../support/errors.js";

/** Where Linux shows an NVIDIA GPU, and any other that draws. */
const devices = ["/dev/nvidia0", "/dev/dri/renderD128"];

export interface GpuOptions {
  /** Whether a file is there. */
  exists?: (path: string) => boolean;
  platform?: NodeJS.Platform;
  /** The backend that was asked for by name, if any. */
  backend?: string;
}

/**
 * Refuses what would take days on a processor. A GPU is looked for without starting a backend; whoever names a backend
 * has decided, and is not refused.
 * @throws UserError that says how to run it all the same
 */
export function requireGpu(
  what: string,
  {exists = existsSync, platform = process.platform, backend = process.env.TFJS_BACKEND}: GpuOptions = {}
): void {
  if (backend || platform === "darwin" || devices.some(exists)) return;
  throw new UserError(`${what} needs a GPU, and none was found`, {
    hint: "It takes days on a processor. To run it all the same, name the backend: --backend tensorflow"
  });
}
