import assert from "node:assert/strict";
import test from "node:test";
import {pathOfId} from "../../src/lib/pipeline/id-path.js";

test("an id's path is the id itself where nothing speaks against it", () => {
  assert.equal(pathOfId("weights/mobilenetv2-0.35_a/1"), "weights/mobilenetv2-0.35_a/1");
});

test(
  "no two ids share a file, nor does a file stand where another id needs a folder, whatever the " +
    "file system makes of case",
  () => {
    const segments = ["a", "A", "a-b", "b", "a.json", "A.json", ".", ".a", "%41", "a.json.json", "json"].filter(
      (text) => /^[\w.-]+$/.test(text)
    );
    const ids = segments.flatMap((one) => [one, ...segments.flatMap((two) => [`${one}/${two}`, `${one}/${two}/b`])]);
    const files = ids.map((id) => `${pathOfId(id)}.json`.toLowerCase());
    assert.equal(new Set(files).size, ids.length);
    const taken = new Set(files);
    const folders = files.flatMap((file) => file.split("/").map((_, i, parts) => parts.slice(0, i).join("/")));
    assert.deepEqual(
      folders.filter((folder) => taken.has(folder)),
      []
    );
    assert.ok(files.every((file) => file.split("/").every((part) => part !== "." && part !== "..")));
  }
);
