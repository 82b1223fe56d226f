import {constants} from "node:os";
import {UserError} from "../support/errors.js";

/** A signal that is aborted by the first SIGINT or SIGTERM, so that stages can save a checkpoint; the second exits at once. */
export function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (name: "SIGINT" | "SIGTERM") => {
    if (controller.signal.aborted) process.exit(128 + constants.signals[name]);
    controller.abort(new UserError("Interrupted.", {hint: "Run the same command to continue."}));
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  return controller.signal;
}
