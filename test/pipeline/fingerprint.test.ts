import assert from "node:assert/strict";
import {existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import test, {type TestContext} from "node:test";
import {createFingerprinter} from "../../src/lib/pipeline/fingerprint.js";
import {packageVersion} from "../../src/lib/pipeline/packages.js";
import {root} from "../../src/lib/support/paths.js";
import {temporaryFolder} from "./setup.js";

/** A module that imports another. */
function modules(t: TestContext) {
  const folder = temporaryFolder(t);
  const [main, helper] = [join(folder, "main.ts"), join(folder, "helper.ts")];
  writeFileSync(main, `export {helper} from "./helper.js";`);
  writeFileSync(helper, "export const helper = 1;");
  return {main, helper, cache: join(folder, "cache")};
}

/** A process that is started in a minute, when the files have not changed for a while. */
const later = (cache: string) => createFingerprinter(cache, Date.now() + 60_000, () => Date.now() + 60_000);

test("a fingerprint is remembered on disk until a file changes", async (t) => {
  const {main, helper, cache} = modules(t);
  const first = await later(cache)(main);
  const [name] = readdirSync(cache);
  const record = JSON.parse(readFileSync(join(cache, name), "utf8"));
  writeFileSync(join(cache, name), JSON.stringify({...record, code: "remembered"}));
  assert.equal((await later(cache)(main)).code, "remembered");
  const {atime, mtime} = statSync(helper);
  writeFileSync(helper, "export const helper = 2;");
  utimesSync(helper, atime, mtime);
  const second = await later(cache)(main);
  assert.ok(!["remembered", first.code].includes(second.code), "although size and time are as before");
});

test("a fingerprint of files that have only just changed is not remembered", async (t) => {
  const {main, cache} = modules(t);
  await createFingerprinter(cache, Date.now() + 60_000)(main);
  assert.ok(!existsSync(cache));
});

test("what is remembered of another version of a package is computed again", async (t) => {
  const {main, helper, cache} = modules(t);
  writeFileSync(helper, `export {default as helper} from "sharp";`);
  const first = await later(cache)(main);
  const path = join(cache, readdirSync(cache)[0]);
  const remember = (version: string) => {
    const record = JSON.parse(readFileSync(path, "utf8")) as {packages: object};
    writeFileSync(path, JSON.stringify({...record, code: "remembered", packages: {sharp: version}}));
  };
  remember(packageVersion("sharp", root));
  assert.equal((await later(cache)(main)).code, "remembered");
  remember("0.0.1");
  assert.deepEqual(await later(cache)(main), first);
});

test("a damaged memory is computed again, and one that cannot be written is done without", async (t) => {
  const {main, cache} = modules(t);
  const first = await later(cache)(main);
  writeFileSync(join(cache, readdirSync(cache)[0]), "{");
  assert.deepEqual(await later(cache)(main), first);
  assert.deepEqual(await later(join(main, "cache"))(main), first);
});

test("a module edited after it was loaded gets a fingerprint that is not the file's and is not remembered", async (t) => {
  const {main, helper, cache} = modules(t);
  const early = () => createFingerprinter(cache, Date.now() - 60_000, () => Date.now() + 60_000)(main);
  utimesSync(helper, 1, 1); // which hides nothing
  const late = await early();
  const {code} = await later(cache)(main);
  assert.notEqual(late.code, code);
  assert.notEqual((await early()).code, code, "nor when the file's is remembered");
});
