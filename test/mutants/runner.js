import {existsSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {resolve} from "node:path";
import {pathToFileURL} from "node:url";
import {declareClassPlugin, PluginKind} from "@stryker-mutator/api/plugin";
import {determineHitLimitReached, toMutantRunResult} from "@stryker-mutator/api/test-runner";

/**
 * Runs bundled tests in one process, a mutant after another, each in fresh modules: packages such as TensorFlow.js are
 * loaded once, and only the tests that reach a mutant are run on it, the quickest first. Tests that take longer than
 * `slowest` milliseconds are left out: what only they would notice counts as not noticed.
 */
const slowest = 4000;
const timesFile = "mutants/times.json";
const timesOf = () => JSON.parse(readFileSync(timesFile, "utf8"));

class InProcess {
  #files = readdirSync("mutants", {recursive: true}).filter((name) => name.endsWith(".test.mjs"));
  #times = 0;

  capabilities() {
    return {reloadEnvironment: true};
  }

  /** Measures the tests, once; what is told as the time of a dry run decides when a mutant has run for too long. */
  async init() {
    if (existsSync(timesFile)) return;
    const times = {};
    for (const file of this.#files) {
      globalThis.__stryker__ = {};
      for (const {id, status, timeSpentMs} of await this.#run(file, () => true))
        if (status === 1 || timeSpentMs < slowest) times[id] = timeSpentMs;
    }
    writeFileSync(timesFile, JSON.stringify(times));
  }

  async dryRun() {
    const [tests, mutantCoverage] = [[], {static: {}, perTest: {}}];
    const times = timesOf();
    for (const file of this.#files) {
      globalThis.__stryker__ = {};
      const results = await this.#run(file, (id) => id in times);
      const {static: loading = {}, perTest = {}} = globalThis.__stryker__.mutantCoverage ?? {};
      // What runs while a file is loaded counts for each of its tests.
      for (const {id} of results) mutantCoverage.perTest[id] = {...loading, ...perTest[id]};
      tests.push(...results);
    }
    return {status: "complete", tests, mutantCoverage};
  }

  async mutantRun({activeMutant, testFilter, hitLimit}) {
    const times = timesOf();
    const asked = new Set(testFilter ?? Object.keys(times));
    const isAsked = (id) => asked.has(id);
    const total = new Map();
    for (const id of asked) {
      const file = id.slice(0, id.indexOf(": "));
      total.set(file, (total.get(file) ?? 0) + times[id]);
    }
    let nrOfTests = 0;
    for (const file of [...total.keys()].sort((a, b) => total.get(a) - total.get(b))) {
      globalThis.__stryker__ = {activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit && 0};
      const results = await this.#run(file, isAsked, true);
      const timeout = determineHitLimitReached(globalThis.__stryker__.hitCount, hitLimit);
      if (timeout) return timeout;
      nrOfTests += results.length;
      const killed = toMutantRunResult({status: "complete", tests: results});
      if (killed.status === "survived") continue;
      // A test that fails without the mutant as well was broken by what another one has left behind.
      globalThis.__stryker__ = {};
      const again = await this.#run(file, (id) => killed.killedBy.includes(id));
      if (again.some(({status}) => status === 1)) throw new Error(`Without a mutant: ${again[0].failureMessage}`);
      return {...killed, nrOfTests};
    }
    return {status: "survived", nrOfTests};
  }

  async #run(file, isAsked, bail = false) {
    const environment = {...process.env};
    const tests = (globalThis.declaredTests = {tests: [], before: [], after: [], afterEach: []});
    const results = [];
    try {
      await import(`${pathToFileURL(resolve("mutants", file))}?${++this.#times}`);
      for (const hook of tests.before) await hook();
      for (const test of tests.tests) {
        if (!isAsked(`${file}: ${test.name}`)) continue;
        results.push(await outcome(`${file}: ${test.name}`, test, tests));
        if (bail && results.at(-1).status === 1) break;
      }
    } catch (error) {
      const id = `${file}: ${tests.tests.find(({name}) => isAsked(`${file}: ${name}`))?.name}`;
      results.push(failed(id, 0, error));
    }
    globalThis.__stryker__.currentTestId = undefined;
    for (const hook of tests.after) await attempt(hook);
    restore(environment);
    return results;
  }
}

/** Runs a hook that tidies up, which may find that a mutant left nothing to tidy. */
async function attempt(hook) {
  try {
    await hook();
  } catch {
    // The test has said what there is to say.
  }
}

const failed = (id, timeSpentMs, error) => ({
  ...{id, name: id, status: 1, timeSpentMs},
  failureMessage: String(error?.message ?? error)
});

async function outcome(id, {body, isSkipped}, {afterEach}) {
  const start = performance.now();
  const time = () => Math.round(performance.now() - start);
  const hooks = [];
  let skipped = isSkipped;
  globalThis.__stryker__.currentTestId = id;
  try {
    if (!skipped)
      await body({after: (hook) => hooks.unshift(hook), skip: () => (skipped = true), diagnostic: () => {}});
    return {id, name: id, status: skipped ? 2 : 0, timeSpentMs: time()};
  } catch (error) {
    return failed(id, time(), error);
  } finally {
    for (const hook of [...hooks, ...afterEach]) await attempt(hook);
    globalThis.__stryker__.currentTestId = undefined;
  }
}

function restore(environment) {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "in-process", InProcess)];
