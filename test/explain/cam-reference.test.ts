import assert from "node:assert/strict";
import {mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {tryBackend} from "../../src/lib/engine/backend.js";
import {compareMaps, readCamReference} from "../../src/lib/explain/cam-reference.js";
import {efficientNetLite0} from "../../src/lib/models/efficientnet-lite.js";

const {REFERENCE_DIR, WEIGHTS_DIR} = process.env;
const skip = REFERENCE_DIR && WEIGHTS_DIR ? false : "REFERENCE_DIR and WEIGHTS_DIR are not both set";

for (const backend of ["tensorflow", "wasm"] as const) {
  test(
    `${backend} gives PyTorch's maps at three layers and of two classes, and tells wrong ones`,
    {skip},
    async (t) => {
      const {works, reason} = await tryBackend(backend);
      if (!works) return t.skip(reason);
      const reference = readCamReference(join(REFERENCE_DIR!, "gradcam.json"));
      const tensors = tf.memory().numTensors;
      const [name, {cam}] = Object.entries(reference.cams).at(-1)!;
      const peak = Math.max(...cam.flat());
      const moved = cam.map((row, i) => row.map((value, j) => (i + j === 0 ? value + peak / 2 : value)));
      const cams = {...reference.cams, [`${name}`]: {cam: moved}};
      const errors = await compareMaps(efficientNetLite0, {...reference, cams});
      assert.equal(errors.size, 6);
      for (const [map, error] of errors) {
        if (map === name) assert.ok(error > 0.3, `${map} is moved, but only ${error} off`);
        else assert.ok(error <= 1e-4, `${map} is ${error} of its maximum off`);
      }
      const right = await compareMaps(efficientNetLite0, {...reference, cams: {[name]: {cam}}});
      assert.ok(right.get(name)! <= 1e-4);
      await assert.rejects(() => compareMaps(efficientNetLite0, {...reference, cams: {[name]: {cam: cam.slice(1)}}}), {
        name: "UserError",
        message: /is 5 x 5/
      });
      await assert.rejects(() => compareMaps(efficientNetLite0, {...reference, cams: {"blocks.9@1": {cam}}}), {
        name: "UserError",
        message: /no layer blocks\.9/
      });
      assert.equal(tf.memory().numTensors, tensors);
    }
  );
}

test("a reference that is not there, not JSON or not of maps is refused with the reason", () => {
  const folder = mkdtempSync(join(tmpdir(), "cams-"));
  const written = (content: string) => {
    writeFileSync(join(folder, "cams.json"), content);
    return join(folder, "cams.json");
  };
  const reference = {model: "m", input: {shape: [1, 8, 8, 3], seed: 1}, cams: {"a@1": {cam: [[1]]}}};
  assert.deepEqual(readCamReference(written(JSON.stringify(reference))), reference);
  for (const [content, reason] of [
    ["{", /JSON/],
    [JSON.stringify({...reference, input: {}}), /shape/],
    [JSON.stringify({...reference, cams: {a: {cam: [[1]]}}}), /LAYER@CLASS|key/],
    [JSON.stringify({...reference, cams: {}}), /it holds no map/]
  ] as const) {
    assert.throws(() => readCamReference(written(content)), {name: "UserError", message: reason});
  }
  assert.throws(() => readCamReference(join(folder, "lost.json")), {name: "UserError", message: /lost\.json/});
});
