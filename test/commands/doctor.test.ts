import assert from "node:assert/strict";
import {mkdirSync, mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test, type TestContext} from "node:test";
import {defineStudy} from "../../src/lib/study/schema.js";
import {plainPng} from "../dataset/fixtures.js";

const folder = mkdtempSync(join(tmpdir(), "doctor-"));
Object.assign(process.env, {
  CACHE_DIR: join(folder, "cache"),
  EXTERNAL_DIR: join(folder, "external"),
  TFJS_BACKEND: "cpu"
});
const {doctor} = await import("../../src/commands/doctor.js");
const {study: real} = await import("../../src/study.js");

/** A folder of two classes of which so many images of the first are no images. */
async function own(broken: number): Promise<string> {
  const path = mkdtempSync(join(folder, "own-"));
  const image = await plainPng(40, 40, 90);
  for (const [split, count] of [
    ["train", 100],
    ["test", 10]
  ] as const) {
    for (const name of ["a", "b"]) {
      mkdirSync(join(path, split, name), {recursive: true});
      for (let i = 0; i < count; ++i) {
        writeFileSync(
          join(path, split, name, `${i}.png`),
          split === "train" && name === "a" && i < broken ? "" : image
        );
      }
    }
  }
  return path;
}

/** What the doctor says of a dataset, and its exit code. */
async function findings(t: TestContext, path: string): Promise<{code: number; line: string}> {
  const study = defineStudy({
    ...real,
    dataset: {name: "folder", path},
    validation: {fraction: 0.1, seed: 1, groupByPatient: false}
  });
  const lines: string[] = [];
  t.mock.method(process.stdout, "write", (text: string) => (lines.push(text), true));
  const code = await doctor(study);
  t.mock.restoreAll();
  return {code, line: lines.find((text) => text.includes("Dataset folder"))!};
}

test("the doctor tolerates as many unreadable images as a study does, and says which is the first", async (t) => {
  const {code, line} = await findings(t, await own(2));
  assert.match(line, /^ok .*198 training and 20 test images, 2 more cannot be read \(train\/a\/0\.png: empty/);
  assert.equal(code, 0);
});

test("with one more, the study would refuse, and so does the doctor", async (t) => {
  const {code, line} = await findings(t, await own(3));
  assert.match(line, /^MISSING .*3 of 200 train images \(1\.5%\) cannot be read/);
  assert.equal(code, 1);
});
