import assert from "node:assert/strict";
import {test} from "node:test";
import {nearest} from "../../src/lib/support/nearest.js";

test("names are sorted by the fewest edits, whatever their case", () => {
  const names = ["block_16_project", "block_6_expand", "block_6_project", "Conv1"];
  assert.deepEqual(nearest("block_6_expnad", names, 2), ["block_6_expand", "block_6_project"]);
  assert.deepEqual(nearest("conv1", names, 1), ["Conv1"]);
  assert.deepEqual(nearest("anything", []), []);
});
