import {useBackend} from "../lib/engine/backend.js";
import {UserError} from "../lib/support/errors.js";
import {printable, printableName} from "../lib/support/printable.js";
import type {Finding} from "../lib/verify/verify.js";
import {verify} from "../lib/verify/verify.js";

/**
 * Checks this machine against a folder of references and prints a line for every file. Returns 1 if any fails or none
 * was checked.
 */
export async function verifyCommand(folder: string | undefined, {json}: {json: boolean}): Promise<number> {
  if (!folder) {
    throw new UserError("Which folder of references?", {
      hint: "Usage: npm run verify -- DIR [--backend NAME] [--json]"
    });
  }
  const {name, device} = await useBackend();
  if (!json) process.stdout.write(`Checking ${name} on ${device} against ${folder}\n`);
  const states: Finding["state"][] = [];
  for await (const finding of verify(folder, {tolerance: name === "tensorflow" ? 1e-4 : 1e-3})) {
    states.push(finding.state);
    process.stdout.write(
      `${printable(json ? JSON.stringify({backend: name, device, ...finding}) : lineOf(finding))}\n`
    );
  }
  const count = (state: Finding["state"]) => states.filter((one) => one === state).length;
  if (!json) {
    process.stdout.write(
      `\n${count("ok")} right, ${count("FAIL")} wrong, ${count("not checked")} not checked, ` +
        `${count("unknown")} unknown\n`
    );
  }
  return count("FAIL") > 0 || count("ok") === 0 ? 1 : 0;
}

/** "ok           densenet121.json   activations of DenseNet-121: error 2.1e-6 of at most 1e-4, ... (1.2 s)" */
function lineOf({file, what, state, error, tolerance, seconds, detail}: Finding): string {
  const size = error === undefined ? "" : `error ${error.toExponential(1)} of at most ${tolerance?.toExponential()}, `;
  const rest = `${what}: ${size}${detail.replaceAll("\n", " ")} (${seconds.toFixed(1)} s)`;
  return `${state.padEnd(11)}  ${printableName(file).padEnd(34)} ${rest}`;
}
