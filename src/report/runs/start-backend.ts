import {useBackend} from "../../lib/engine/backend.js";
import type {StageContext} from "../../lib/pipeline/types.js";

/** Starts the best backend and records which it is and why for the result's provenance. */
export async function startBackend({log, record}: StageContext): Promise<void> {
  const {name, device, reason} = await useBackend({log});
  record({backend: name, device, reason});
}
