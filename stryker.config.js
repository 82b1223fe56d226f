import {readdirSync} from "node:fs";
import {dirname} from "node:path";

/**
 * `npm run mutants -- --mutate FILE[,FILE]` changes one place of these files after another, and runs the tests of their
 * folder that reach it: what only the tests of another folder would notice counts as not noticed. Left out are tests that
 * take longer than all others together, except on the very file that they test.
 */
const asked = process.argv[process.argv.indexOf("--mutate") + 1].split(",");
const slow = [
  "test/measures/two-level.test.ts",
  "test/report/runs/shapes.test.ts",
  "test/report/runs/training.test.ts",
  "test/report/runs/weights.test.ts"
];
const mirrors = asked.map((file) => file.replace(/^src\/(lib\/)?/, "test/").replace(/\.ts$/, ".test.ts"));
const tests = [...new Set(mirrors.map((file) => dirname(file)))]
  .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
  .concat(asked.some((file) => file.startsWith("src/report/")) ? "test/report/published-keys.test.ts" : [])
  .filter((file) => file.endsWith(".test.ts") && (!slow.includes(file) || mirrors.includes(file)));

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  testRunner: "in-process",
  plugins: ["./test/mutants/runner.js"],
  coverageAnalysis: "perTest",
  buildCommand: `node test/mutants/bundle.js mutants ${tests.join(" ")}`,
  maxTestRunnerReuse: 300,
  disableTypeChecks: "{src,test}/**/*.ts",
  ignorePatterns: [".cache", "bench", "dist", "docs/.observablehq"],
  reporters: ["progress", "json"],
  jsonReporter: {fileName: ".cache/mutants.json"},
  tempDirName: ".cache/mutants",
  dryRunTimeoutMinutes: 10,
  timeoutMS: 10_000,
  thresholds: {high: 95, low: 85, break: 85}
};
