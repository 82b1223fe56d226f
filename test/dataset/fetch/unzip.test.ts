import assert from "node:assert/strict";
import {existsSync, readFileSync, readdirSync, statSync, utimesSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import test from "node:test";
import {unzip} from "../../../src/lib/dataset/fetch/unzip.js";
import {mulberry32} from "../../../src/lib/measures/random.js";
import {temporaryFolder, write} from "../fixtures.js";
import type {ZipEntry} from "../../support/zip.js";
import {zip} from "../../support/zip.js";

const random = mulberry32(2);
const bytes = (length: number) => Buffer.from(Uint8Array.from({length}, () => 256 * random()));
const entries: ZipEntry[] = [
  {name: "set/", content: Buffer.alloc(0)},
  {name: "set/a.jpeg", content: bytes(300_000)},
  {name: "set/deep/b.jpeg", content: Buffer.alloc(50_000, 7)},
  {name: "other/c.txt", content: bytes(10)}
];
const place = (name: string) => (name.startsWith("set/") ? name : null);
const setUp = (content: Buffer) => {
  const folder = temporaryFolder();
  return {archive: write(join(folder, "archive.zip"), content), directory: join(folder, "out")};
};

test("chosen files are unpacked whole, and counted", async () => {
  const {archive, directory} = setUp(zip(entries));
  let last = {done: 0, total: 0};
  assert.equal(await unzip({archive, directory, place, onProgress: (progress) => (last = progress)}), 2);
  assert.ok(readFileSync(join(directory, "set/a.jpeg")).equals(entries[1].content));
  assert.ok(readFileSync(join(directory, "set/deep/b.jpeg")).equals(entries[2].content));
  assert.deepEqual(readdirSync(directory), ["set"]);
  assert.deepEqual([last.done, last.total], [4, 4]);
});

test("a second run keeps what is whole and replaces what was cut off", async () => {
  const {archive, directory} = setUp(zip(entries));
  await unzip({archive, directory, place});
  const [whole, cut] = [join(directory, "set/a.jpeg"), join(directory, "set/deep/b.jpeg")];
  utimesSync(whole, 1000, 1000);
  writeFileSync(cut, "cut");
  assert.equal(await unzip({archive, directory, place}), 2);
  assert.equal(statSync(whole).mtimeMs, 1_000_000);
  assert.ok(readFileSync(cut).equals(entries[2].content));
});

test("a name that leads out of the folder is refused, and nothing is written there", async () => {
  for (const name of ["../evil.txt", "set/../../evil.txt", "/evil.txt"]) {
    const {archive, directory} = setUp(zip([{name, content: bytes(5)}]));
    await assert.rejects(unzip({archive, directory, place: (path) => path}), {name: "UserError"});
    assert.equal(existsSync(join(directory, "../evil.txt")), false);
  }
  const {archive, directory} = setUp(zip([{name: "fine.txt", content: bytes(5)}]));
  await assert.rejects(unzip({archive, directory, place: () => "../evil.txt"}), {message: /leads out of its folder/});
  assert.equal(existsSync(join(directory, "../evil.txt")), false);
});

test("symbolic links are not created", async () => {
  const link = {name: "set/link.jpeg", content: Buffer.from("/etc/passwd"), mode: 0o120777};
  const {archive, directory} = setUp(zip([link, entries[1]]));
  assert.equal(await unzip({archive, directory, place}), 1);
  assert.deepEqual(readdirSync(join(directory, "set")), ["a.jpeg"]);
});

test("a file that does not match its checksum in the archive is refused and not left behind", async () => {
  const {archive, directory} = setUp(zip([{...entries[1], crc: 1}]));
  await assert.rejects(unzip({archive, directory, place}), {name: "UserError", message: /is damaged: .*CRC-32/});
  assert.deepEqual(readdirSync(join(directory, "set")), []);
});

test("an archive that is cut off, corrupted or no archive is refused", async () => {
  const good = zip(entries);
  const corrupt = Buffer.from(good);
  corrupt.fill(255, 200, 400);
  for (const content of [good.subarray(0, good.length - 100), corrupt, Buffer.from("hello"), Buffer.alloc(0)]) {
    const {archive, directory} = setUp(content);
    await assert.rejects(unzip({archive, directory, place}), {name: "UserError", message: /is damaged[^]*run again/});
    assert.equal(existsSync(join(directory, "set/a.jpeg")), false);
  }
});
