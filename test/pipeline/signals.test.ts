import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {once} from "node:events";
import test from "node:test";

const program = `
  import {abortOnSignals} from ${JSON.stringify(new URL("../../src/lib/pipeline/signals.ts", import.meta.url).href)};
  const signal = abortOnSignals();
  signal.addEventListener("abort", () => console.log("aborted:", signal.reason.name));
  setInterval(() => {}, 1000);
  console.log("ready");
`;

for (const first of ["SIGINT", "SIGHUP"] as const)
  test(`${first} aborts, a second signal exits at once`, async () => {
    const child = spawn(process.execPath, [
      "--import",
      import.meta.resolve("tsx"),
      "--input-type=module",
      "-e",
      program
    ]);
    const said = async () => String((await once(child.stdout, "data"))[0]).trim();
    assert.equal(await said(), "ready");
    child.kill(first);
    assert.equal(await said(), "aborted: UserError");
    child.kill("SIGTERM");
    assert.deepEqual(await once(child, "exit"), [143, null]);
  });
