import assert from "node:assert/strict";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {probeBackends, useBackend} from "../../src/lib/engine/backend.js";
import {runCommand} from "../../src/lib/engine/run-command.js";

const cache = mkdtempSync(join(tmpdir(), "backend-"));
process.env.CACHE_DIR = cache;
delete process.env.TFJS_BACKEND;
after(() => rmSync(cache, {recursive: true, force: true}));

test("an unknown backend is refused with the names of the known ones", async () => {
  await assert.rejects(useBackend({force: "quantum"}), {
    name: "UserError",
    message: /"quantum".*tensorflow, webgpu, wasm, cpu/s
  });
});

test("a backend that does not work is refused with the reason and with what the others do", async () => {
  await assert.rejects(useBackend({force: "tensorflow"}), (error: Error) => {
    assert.equal(error.name, "UserError");
    assert.match(error.message, /tensorflow does not work here: libtensorflow is not installed/);
    assert.match(error.message, /wasm: works/);
    assert.match(error.message, /cpu: works/);
    return true;
  });
});

test("the backend named by TFJS_BACKEND is activated, says why, and stays", async () => {
  process.env.TFJS_BACKEND = "wasm";
  const lines: string[] = [];
  const backend = await useBackend({log: (line) => lines.push(line)});
  assert.equal(backend.name, "wasm");
  assert.equal(tf.getBackend(), "wasm");
  assert.equal(backend.threads, 1);
  assert.match(backend.reason, /asked for by TFJS_BACKEND; wasm works/);
  assert.ok(backend.device.length > 0);
  assert.equal(lines.length, 1);
  assert.equal(await useBackend(), backend);
  assert.equal(await useBackend({force: "wasm"}), backend);
  await assert.rejects(useBackend({force: "cpu"}), /wasm is active already/);
});

test("probing reports on every backend asked for and activates none", async () => {
  const [cpu, tensorflow] = await probeBackends(["cpu", "tensorflow"]);
  assert.equal(cpu.works, true);
  assert.equal(tensorflow.works, false);
  assert.match(tensorflow.reason, /not installed/);
  assert.equal(tf.getBackend(), "wasm");
});

test("choosing and computing print nothing to the standard output, which may be an artifact", async () => {
  const module = new URL("../../src/lib/engine/backend.ts", import.meta.url).href;
  const program = `const {useBackend} = await import(${JSON.stringify(module)}); await useBackend({force: "cpu"});`;
  const {code, stdout} = await runCommand(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program]);
  assert.equal(code, 0);
  assert.equal(stdout, "");
});
