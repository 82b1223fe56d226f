import assert from "node:assert/strict";
import {mkdtempSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {UserError} from "../../src/lib/support/errors.js";
import {explainWriteError, writeAtomic} from "../../src/lib/support/files.js";

const folder = () => mkdtempSync(join(tmpdir(), "files-"));

test("an atomic write makes its folders and leaves no temporary file", () => {
  const root = folder();
  writeAtomic(join(root, "a/b/c.txt"), "text");
  assert.equal(readFileSync(join(root, "a/b/c.txt"), "utf8"), "text");
  assert.deepEqual(readdirSync(join(root, "a/b")), ["c.txt"]);
});

test("a folder that cannot be written is named, with what to do", () => {
  const root = folder();
  writeFileSync(join(root, "file"), "");
  assert.throws(
    () => writeAtomic(join(root, "file/inside.txt"), "text"),
    (error: Error) =>
      error instanceof UserError && /Cannot write .*inside\.txt/.test(error.message) && /CACHE_DIR/.test(error.message)
  );
});

test("a full disk is explained", () => {
  const error = Object.assign(new Error("ENOSPC: no space left on device"), {code: "ENOSPC"});
  assert.match((explainWriteError(error, "x") as Error).message, /The disk is full/);
});

test("an unknown error passes unchanged", () => {
  const error = new Error("other");
  assert.equal(explainWriteError(error, "x"), error);
});
