import assert from "node:assert/strict";
import {isBuiltin} from "node:module";
import test from "node:test";
import {build} from "esbuild";
import {root} from "../../../src/lib/support/paths.js";

test("a page can be bundled with the reader of DICOM: nothing of it is Node's", async () => {
  const {metafile} = await build({
    absWorkingDir: root,
    bundle: true,
    entryPoints: ["src/lib/dataset/dicom.ts"],
    // Emscripten's programs look for these where they see that they run in Node.
    external: ["fs", "path", "crypto"],
    format: "esm",
    logLevel: "silent",
    metafile: true,
    outdir: "unused",
    platform: "browser",
    splitting: true,
    write: false
  });
  const own = Object.entries(metafile.inputs).filter(([path]) => path.startsWith("src/"));
  assert.ok(own.length >= 10, `${own.length} modules`);
  for (const [path, {imports}] of own) {
    const forbidden = imports.filter(
      (one) => isBuiltin(one.path) || /node_modules\/(sharp|file-type)\//.test(one.path)
    );
    assert.deepEqual(forbidden, [], path);
  }
});
