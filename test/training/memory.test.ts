import assert from "node:assert/strict";
import {test} from "node:test";
import {UserError} from "../../src/lib/support/errors.js";
import {fitting, isOutOfMemory} from "../../src/lib/training/memory.js";

test("errors that say that memory ran out are told from others", () => {
  for (const message of [
    "OOM when allocating tensor with shape[16,64,112,112]",
    "RESOURCE_EXHAUSTED: failed to allocate memory",
    "std::bad_alloc",
    "Out of memory",
    "memory access out of bounds",
    "table index is out of bounds",
    "Aborted(). Build with -sASSERTIONS for more info."
  ]) {
    assert.ok(isOutOfMemory(new Error(message)), message);
  }
  assert.ok(!isOutOfMemory(new Error("There is no room")), "a word within another");
  assert.ok(!isOutOfMemory(new UserError("Out of memory, said before")), "what was explained already");
});

test("parts are doubled until they fit, and each time is told", async () => {
  const messages: string[] = [];
  const tried: number[] = [];
  const result = await fitting({batchSize: 32, parts: 1, log: (message) => messages.push(message)}, async (parts) => {
    tried.push(parts);
    if (parts < 4) throw new Error("OOM");
    return "done";
  });
  assert.equal(result, "done");
  assert.deepEqual(tried, [1, 2, 4]);
  assert.match(messages[0], /A batch of 32 images does not fit.*2 parts of 16/);
});

test("a batch that cannot be halved is an error that says how large it was", async () => {
  const scarce = fitting({batchSize: 12, parts: 1, log() {}}, async () => Promise.reject(new Error("OOM")));
  await assert.rejects(scarce, /Memory ran out with 3 images at a time \(of a batch of 12\)/);
});
