/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  testRunner: "in-process",
  plugins: ["./test/mutants/runner.js"],
  coverageAnalysis: "perTest",
  maxTestRunnerReuse: 300,
  disableTypeChecks: "{src,test}/**/*.ts",
  ignorePatterns: [".cache", "bench", "dist", "docs/.observablehq"],
  reporters: ["progress"],
  tempDirName: ".cache/mutants",
  dryRunTimeoutMinutes: 10,
  timeoutMS: 10_000
};
