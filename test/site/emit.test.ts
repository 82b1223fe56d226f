import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {closeSync, openSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {collect, encode} from "../../src/site/artifact.js";
import {fromRoot} from "../../src/lib/support/paths.js";
import {project, shim} from "./project.js";

const noisy = {
  "docs/data/a.json.ts": shim("a"),
  "src/loaders/talkative.ts": 'console.log("imported");',
  "src/loaders/a.ts": `import "./talkative.js";
    export default ({run}) => { console.log("loading"); process.stdout.write("more"); return {run, x: new Float32Array([1, 2])}; };`
};

test("a shim's standard output is its artifact and nothing that was printed", (t) => {
  const {root} = project(t, noisy);
  const {stdout, stderr, status} = spawnSync(
    process.execPath,
    ["--import", "tsx", join(root, "docs/data/a.json.ts"), "--run=7"],
    {cwd: fromRoot(), encoding: "utf8"}
  );
  assert.equal(status, 0, stderr);
  assert.equal(stdout, '{"run":"7","x":[1,2]}');
  assert.match(stderr, /imported\nloading\nmore/);
});

test("a shim's artifact goes to the descriptor that LOADER_FD names", (t) => {
  const {root} = project(t, noisy);
  const output = openSync(join(root, "artifact"), "w");
  const {stdout} = spawnSync(process.execPath, ["--import", "tsx", join(root, "docs/data/a.json.ts")], {
    cwd: fromRoot(),
    encoding: "utf8",
    env: {...process.env, LOADER_FD: "3"},
    stdio: ["ignore", "pipe", "pipe", output]
  });
  closeSync(output);
  assert.equal(stdout, "");
  assert.equal(readFileSync(join(root, "artifact"), "utf8"), '{"x":[1,2]}');
});

test("artifacts are text, bytes or JSON", () => {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
  assert.equal(text(encode("a,b\n")), "a,b\n");
  assert.deepEqual([...encode(new Uint8Array([1, 255]))], [1, 255]);
  assert.equal(text(encode({x: Float32Array.of(0.5), y: NaN})), '{"x":[0.5],"y":null}');
  assert.throws(() => encode(undefined as unknown as object), /returned undefined/);
});

test("collecting from a shim that emits nothing is an error", async () => {
  await assert.rejects(
    collect({}, async () => {}),
    /did not await emit/
  );
});
