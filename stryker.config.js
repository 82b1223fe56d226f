import {readdirSync} from "node:fs";

/**
 * What `npm run mutants` changes, one place at a time, and the tests that should notice: `npm run mutants -- --mutate
 * FILE` for one file alone. Left out are tests that train a network or read what is published here, which take longer
 * than all others together.
 */
const mutated = ["src/{loaders,report}/**/*.ts", "src/lib/{evaluation,measures}/**/*.ts"];
const slow = ["test/report/study.test.ts", "test/report/runs/weights.test.ts"];
const tests = ["test/evaluation", "test/loaders", "test/measures", "test/report"]
  .flatMap((folder) => readdirSync(folder, {recursive: true, encoding: "utf8"}).map((name) => `${folder}/${name}`))
  .filter((file) => file.endsWith(".test.ts") && !slow.includes(file));

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate: [...mutated, "!src/report/*/artifact.ts"],
  testRunner: "tap",
  plugins: ["@stryker-mutator/tap-runner"],
  coverageAnalysis: "perTest",
  buildCommand: `node test/mutants/bundle.js mutants ${tests.join(" ")}`,
  tap: {
    testFiles: ["mutants/**/*.test.mjs"],
    nodeArgs: ["--enable-source-maps"],
    forceBail: true
  },
  disableTypeChecks: "{src,test}/**/*.ts",
  ignorePatterns: [".cache", "bench", "dist", "docs/.observablehq"],
  reporters: ["clear-text", "progress", "json"],
  clearTextReporter: {logTests: false, reportTests: false},
  jsonReporter: {fileName: ".cache/mutants.json"},
  tempDirName: ".cache/mutants",
  timeoutMS: 20_000,
  thresholds: {high: 95, low: 85, break: 85}
};
