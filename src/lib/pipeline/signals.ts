import {constants} from "node:os";
import {UserError} from "../support/errors.js";
import {onEnding} from "../support/signals.js";

/**
 * A signal that is aborted when the process is first asked to end (SIGINT, SIGTERM, SIGHUP), so that a training can
 * save a checkpoint; the second time ends the process.
 */
export function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  onEnding((name) => {
    if (controller.signal.aborted) process.exit(128 + constants.signals[name]);
    controller.abort(new UserError("Interrupted.", {hint: "Run the same command to continue."}));
  });
  return controller.signal;
}
