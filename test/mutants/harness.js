/**
 * Stands in for `node:test` in bundled tests: a module that is imported declares its tests and hooks to whoever asked
 * for it, who runs them in its own process.
 */
const declared = () => globalThis.declaredTests;

export const test = (name, options, body = options) =>
  void declared().tests.push({name, body, isSkipped: typeof options === "object" && Boolean(options.skip)});
export const before = (hook) => void declared().before.push(hook);
export const after = (hook) => void declared().after.unshift(hook);
export const afterEach = (hook) => void declared().afterEach.push(hook);
export default test;
