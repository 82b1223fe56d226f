import assert from "node:assert/strict";
import {test} from "node:test";
import {requireGpu} from "../../src/lib/engine/gpu.js";

const machine = {platform: "linux", exists: () => false, backend: ""} as const;

test("what needs a GPU is refused where none is found, with how to run it all the same", () => {
  assert.throws(() => requireGpu("a long training", machine), /a long training needs a GPU.*\n.*--backend tensorflow/);
});

test("a GPU's device, a Mac or a backend that is named by the reader is enough", () => {
  requireGpu("x", {...machine, exists: (path) => path === "/dev/nvidia0"});
  requireGpu("x", {...machine, platform: "darwin"});
  requireGpu("x", {...machine, backend: "tensorflow"});
});
