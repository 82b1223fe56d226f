import {readdirSync} from "node:fs";
import {dirname, relative} from "node:path";
import {parseArgs} from "node:util";
import {Stryker} from "@stryker-mutator/core";
import {group} from "d3";

/**
 * Mutates the files that are asked for, or all in whose results readers trust, one folder after another. A folder's
 * mutants are given to the tests of that folder, and what only those of another one would notice counts as not noticed;
 * published keys are the exception, since they tell what every stage asks for.
 */
const roots = ["src/lib/measures", "src/lib/evaluation", "src/report", "src/loaders"];
/** These take longer than all others together. */
const slow = [
  "test/measures/two-level.test.ts",
  "test/report/runs/shapes.test.ts",
  "test/report/runs/training.test.ts",
  "test/report/runs/weights.test.ts"
];
const least = 85;

const {values} = parseArgs({options: {mutate: {type: "string"}, concurrency: {type: "string", default: "1"}}});

const allFiles = () =>
  roots
    .flatMap((root) => readdirSync(root, {recursive: true}).map((name) => `${root}/${name}`))
    .filter((file) => file.endsWith(".ts") && !/\/(artifact|index|nodes|source)\.ts$/.test(file));

const testOf = (file) => file.replace(/^src\/(lib\/)?/, "test/").replace(/\.ts$/, ".test.ts");

function testsOf(folder, files) {
  const own = files.map(testOf);
  const place = dirname(testOf(`${folder}/x.ts`));
  const tests = readdirSync(place).map((name) => `${place}/${name}`);
  return [...tests, ...(folder.startsWith("src/report/") ? ["test/report/published-keys.test.ts"] : [])].filter(
    (file) => file.endsWith(".test.ts") && (!slow.includes(file) || own.includes(file))
  );
}

const killed = ({status}) => status === "Killed" || status === "Timeout";
const judged = ({status}) => ["Killed", "Timeout", "Survived", "NoCoverage"].includes(status);

/** A line for each file, after those of its mutants that nothing noticed. */
function report(results) {
  for (const [file, mutants] of group(results, ({fileName}) => relative("", fileName))) {
    for (const {location, mutatorName, replacement} of mutants.filter((one) => !killed(one)))
      console.log(`  ${file}:${location.start.line}:${location.start.column} ${mutatorName} => ${replacement}`);
    console.log(`${file}: ${mutants.filter(killed).length} of ${mutants.length}`);
  }
}

const folders = new Map();
for (const file of values.mutate?.split(",") ?? allFiles()) {
  folders.set(dirname(file), [...(folders.get(dirname(file)) ?? []), file]);
}
const results = [];
for (const [folder, files] of folders) {
  const buildCommand = `node test/mutants/bundle.js mutants ${testsOf(folder, files).join(" ")}`;
  const stryker = new Stryker({mutate: files, buildCommand, concurrency: Number(values.concurrency)});
  const found = (await stryker.runMutationTest()).filter(judged);
  report(found);
  results.push(...found);
}
const score = (100 * results.filter(killed).length) / results.length;
console.log(`${results.filter(killed).length} of ${results.length} mutants were noticed: ${score.toFixed(1)}%.`);
if (score < least) process.exitCode = 1;
