import {join} from "node:path";
import {UserError} from "./errors.js";
import {root} from "./paths.js";

/** The file that people edit most. */
const edited = "src/study.ts";

/**
 * An error in what somebody has edited as a sentence with its place: of any file what TypeScript's loader cannot parse,
 * of the study's definition also what fails when it is evaluated, or does not resolve. Other errors pass unchanged.
 */
export function explainCodeError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error;
  const place = error.name === "TransformError" ? /^(.*?): ERROR: (.*)$/m.exec(error.message) : undefined;
  if (place) return new UserError(`${place[1].replace(join(root, "/"), "")}: ${place[2]}.`, {cause: error});
  const {name, message, stack = ""} = error;
  if (!mentionsFirst(stack, edited)) return error;
  const at = /src\/study\.ts:\d+(:\d+)?/.exec(stack)?.[0] ?? edited;
  return new UserError(`${at}: ${name}: ${message.replaceAll(join(root, "/"), "").replaceAll("\n", " ")}.`, {
    hint: `Correct ${edited}.`,
    cause: error
  });
}

/**
 * Whether the first of the project's own files in a stack is this one. Of a module that is not there, who imports it
 * counts.
 */
function mentionsFirst(stack: string, file: string): boolean {
  const text = stack.replace(/Cannot find module '[^']*'/, "");
  const own = text.split(join(root, "/")).slice(1);
  return own.find((rest) => !rest.startsWith("node_modules/"))?.startsWith(file) ?? false;
}
