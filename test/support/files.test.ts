import assert from "node:assert/strict";
import {existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {explainWriteError, makeFolder, writeAtomic} from "../../src/lib/support/files.js";

const folder = () => mkdtempSync(join(tmpdir(), "files-"));

test("an atomic write makes its folders and leaves no temporary file", () => {
  const root = folder();
  writeAtomic(join(root, "a/b/c.txt"), "text");
  assert.equal(readFileSync(join(root, "a/b/c.txt"), "utf8"), "text");
  assert.deepEqual(readdirSync(join(root, "a/b")), ["c.txt"]);
});

test("a file in the place of a folder is named, with what to do", () => {
  const path = join(folder(), "file");
  writeFileSync(path, "");
  const expected = {name: "UserError", message: /Cannot write .*file.*not a folder is in the way.*CACHE_DIR/s};
  assert.throws(() => writeAtomic(join(path, "inside.txt"), "text"), expected);
  assert.throws(() => makeFolder(path), expected);
});

test("a place where nothing may be created is explained", {skip: !existsSync("/sys/kernel") && "needs /sys"}, () => {
  assert.throws(() => makeFolder("/sys/nothing/inside"), {name: "UserError", message: /Cannot write \/sys\/nothing/});
});

test("a full disk is explained", () => {
  const error = Object.assign(new Error("ENOSPC: no space left on device"), {code: "ENOSPC"});
  assert.match((explainWriteError(error, "x") as Error).message, /The disk is full/);
});

test("an unknown error passes unchanged", () => {
  const error = new Error("other");
  assert.equal(explainWriteError(error, "x"), error);
});
