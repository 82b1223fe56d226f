import assert from "node:assert/strict";
import {mkdtempSync, renameSync, statSync, symlinkSync, utimesSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {stateOf} from "../../src/lib/support/file-state.js";

const folder = mkdtempSync(join(tmpdir(), "state-"));
const path = join(folder, "a");

/** Waits until the file system's clock has gone on. */
async function nextTick(): Promise<void> {
  const probe = join(folder, "probe");
  writeFileSync(probe, "");
  const before = statSync(probe, {bigint: true}).ctimeNs;
  while (statSync(probe, {bigint: true}).ctimeNs === before) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    writeFileSync(probe, "");
  }
}

test("an unchanged file keeps its state, also by another name for it", () => {
  writeFileSync(path, "one");
  symlinkSync(path, join(folder, "link"));
  assert.equal(stateOf(path)!.state, stateOf(path)!.state);
  assert.equal(stateOf(join(folder, "link"))!.state, stateOf(path)!.state);
});

for (const [how, change] of Object.entries({
  edited: () => writeFileSync(path, "two"),
  replaced: () => {
    writeFileSync(join(folder, "b"), "two");
    renameSync(join(folder, "b"), path);
  }
})) {
  test(`a file that was ${how} and given its old size and time back has another state`, async () => {
    writeFileSync(path, "one");
    utimesSync(path, 1000, 1000);
    const before = stateOf(path)!;
    await nextTick();
    change();
    utimesSync(path, 1000, 1000);
    assert.deepEqual([statSync(path).size, statSync(path).mtimeMs], [3, 1_000_000]);
    assert.notEqual(stateOf(path)!.state, before.state);
  });
}

test("a file is relied on only when it has not changed for a while, whatever time it was given", () => {
  writeFileSync(path, "one");
  utimesSync(path, 1, 1);
  assert.equal(stateOf(path)!.settled, false);
  assert.equal(stateOf(path, Date.now() + 5000)!.settled, true);
  const future = Date.now() / 1000 + 3600;
  utimesSync(path, future, future);
  assert.equal(stateOf(path, Date.now() + 5000)!.settled, false);
});

test("what is no file has no state", () => {
  assert.equal(stateOf(folder), undefined);
  assert.equal(stateOf(join(folder, "absent")), undefined);
  assert.equal(stateOf(join(path, "inside a file")), undefined);
});
