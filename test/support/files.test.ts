import assert from "node:assert/strict";
import {existsSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from "node:fs";
import {spawnSync} from "node:child_process";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {explainWriteError, isFolder, makeFolder, readBytes, writeAtomic} from "../../src/lib/support/files.js";

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

test("where nothing can be made, making a folder ends", {skip: !existsSync("/proc/self") && "needs /proc"}, () => {
  assert.throws(() => makeFolder("/proc/nothing/inside"), {name: "UserError", message: /Cannot write \/proc\/nothing/});
});

test("a folder is made with those above it, also through a link, and again", () => {
  const root = folder();
  symlinkSync(root, join(root, "link"));
  for (let time = 0; time < 2; ++time) makeFolder(join(root, "link", "a", "b"));
  assert.ok(existsSync(join(root, "a/b")));
});

test("a link that leads nowhere is in the way", () => {
  const path = join(folder(), "link");
  symlinkSync("/nowhere/at/all", path);
  assert.throws(() => makeFolder(path), {name: "UserError", message: /in the way/});
});

test("a folder in the place of a file is named", () => {
  const path = join(folder(), "a");
  makeFolder(join(path, "b"));
  assert.throws(() => writeAtomic(path, "text"), {name: "UserError", message: /Cannot write .*in the way/s});
});

test("a name that no file system takes is explained", () => {
  assert.throws(() => writeAtomic(join(folder(), "a".repeat(300)), ""), {name: "UserError", message: /too long/});
});

test("what stands in the place of a file is named, and nobody waits for what never ends", () => {
  const root = folder();
  writeFileSync(join(root, "file"), "text");
  assert.equal(readBytes(join(root, "file")).toString(), "text");
  assert.throws(() => readBytes(root), {name: "UserError", message: /is a folder where a file should be/});
  assert.throws(() => readBytes("/dev/zero"), {name: "UserError", message: /is a device where a file should be/});
  if (spawnSync("mkfifo", [join(root, "pipe")]).status !== 0) return;
  assert.throws(() => readBytes(join(root, "pipe")), {
    name: "UserError",
    message: /is a device where a file should be/
  });
});

test("a folder is one through a link, and nothing that cannot be followed is one", () => {
  const root = folder();
  writeFileSync(join(root, "file"), "");
  symlinkSync(root, join(root, "link"));
  symlinkSync(join(root, "circle"), join(root, "circle"));
  const paths = ["", "link", "file", "file/inside", "absent", "circle"].map((name) => join(root, name));
  assert.deepEqual(paths.map(isFolder), [true, true, false, false, false, false]);
});

test("a full disk is explained", () => {
  const error = Object.assign(new Error("ENOSPC: no space left on device"), {code: "ENOSPC"});
  assert.match((explainWriteError(error, "x") as Error).message, /The disk is full/);
});

test("an unknown error passes unchanged", () => {
  const error = new Error("other");
  assert.equal(explainWriteError(error, "x"), error);
});
