import assert from "node:assert/strict";
import {test} from "node:test";
import {buildSync} from "esbuild";
import {fromRoot} from "../../src/lib/support/paths.js";

test("what judges an image runs in a browser: no module of Node's, no TensorFlow.js", () => {
  const entryPoints = ["detector", "picture", "verdict"].map((name) => fromRoot(`src/lib/plausibility/${name}.ts`));
  const {metafile, errors} = buildSync({
    ...{entryPoints, bundle: true, write: false, metafile: true, outdir: "out", logLevel: "silent"},
    ...{platform: "browser", format: "esm"}
  });
  assert.deepEqual(errors, []);
  const modules = Object.keys(metafile.inputs);
  assert.ok(modules.length > 5 && modules.every((name) => !name.includes("node_modules")), `${modules}`);
});
