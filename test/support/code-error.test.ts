import assert from "node:assert/strict";
import {join} from "node:path";
import {test} from "node:test";
import {explainCodeError} from "../../src/lib/support/code-error.js";
import {UserError} from "../../src/lib/support/errors.js";
import {root} from "../../src/lib/support/paths.js";

const study = join(root, "src/study.ts");
const cli = join(root, "src/cli.ts");
const esbuild = join(root, "node_modules/esbuild/lib/main.js");

/** As Node and TypeScript's loader throw them. */
const error = (name: string, message: string, frames: string[], head = "") => {
  const made = Object.assign(new Error(message), {name});
  made.stack = [head, `${name}: ${message}`, ...frames.map((frame) => `    at f (${frame})`)]
    .filter(Boolean)
    .join("\n");
  return made;
};

for (const [what, thrown, expected] of [
  [
    "what cannot be parsed",
    error("TransformError", `Transform failed with 1 error:\n${study}:20:16: ERROR: Expected "}" but found "{"`, [
      `${esbuild}:1752:15`
    ]),
    /^src\/study\.ts:20:16: Expected "}" but found "{"\.$/
  ],
  [
    "what cannot be parsed in another file",
    error(
      "TransformError",
      `Transform failed with 1 error:\n${join(root, "src/loaders/map.ts")}:1:2: ERROR: Unexpected "x"`,
      []
    ),
    /^src\/loaders\/map\.ts:1:2: Unexpected "x"\.$/
  ],
  [
    "a name that is not defined",
    error("ReferenceError", "size is not defined", [
      `${study}:20:1`,
      "node:internal/modules/esm/loader:606:24",
      `${cli}:69:63`
    ]),
    /^src\/study\.ts:20:1: ReferenceError: size is not defined\.\n {2}Correct src\/study\.ts\.$/
  ],
  [
    "an export that is not there",
    error(
      "SyntaxError",
      "The requested module './x.js' does not provide an export named 'y'",
      [`${cli}:69:63`],
      `${study}:2\nimport {y} from "./x.js";\n        ^\n`
    ),
    /^src\/study\.ts:2: SyntaxError: The requested module/
  ],
  [
    "a module that is not there",
    error("Error", `Cannot find module '${join(root, "src/lib/x.js")}' imported from ${study}`, [
      join(root, "node_modules/tsx/dist/a.mjs:2:1")
    ]),
    /^src\/study\.ts: Error: Cannot find module 'src\/lib\/x\.js' imported from src\/study\.ts\./
  ]
] as const) {
  test(`${what} is a sentence with its place`, () => {
    const explained = explainCodeError(thrown) as Error;
    assert.ok(explained instanceof UserError);
    assert.match(explained.message, expected);
  });
}

test("a bug, though the study's file is in its stack, stays one; so does what is for the reader already", () => {
  const bug = error("TypeError", "x is undefined", [`${join(root, "src/lib/study/schema.ts")}:1:1`, `${study}:20:1`]);
  const told = new UserError("Told.");
  for (const other of [bug, told, "text", new Error("other")]) assert.equal(explainCodeError(other), other);
});
