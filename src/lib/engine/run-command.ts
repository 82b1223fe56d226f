import {spawn} from "node:child_process";
import {endWith} from "../support/signals.js";

/** How a command ended. `code` is 127 when there is no such command, as in a shell. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command to its end; tests pass their own. */
export type Run = (command: string, args: string[], options?: {env?: Record<string, string>}) => Promise<Outcome>;

/** Runs a command without a shell and collects what it prints; it ends with this process. */
export const runCommand: Run = (command, args, {env = {}} = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      env: {...process.env, ...env},
      detached: true,
      stdio: ["ignore", "pipe", "pipe"]
    });
    endWith(child);
    const printed = {stdout: "", stderr: ""};
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => (printed[stream] += text));
    }
    child.on("error", (error) => resolve({code: 127, stdout: "", stderr: error.message}));
    child.on("close", (code, signal) => {
      if (signal) printed.stderr += `\nkilled by ${signal}`;
      resolve({code: code ?? 1, ...printed});
    });
  });

/** The last lines that a failed command printed: what a person needs to see of it. */
export const complaint = ({stderr, stdout}: Outcome, lines = 6) =>
  (stderr.trim() || stdout.trim()).split("\n").slice(-lines).join("\n");
