import assert from "node:assert/strict";
import {type ChildProcess, spawn} from "node:child_process";
import {once} from "node:events";
import {test, type TestContext} from "node:test";
import {endings} from "../../src/lib/support/signals.js";

const module = JSON.stringify(new URL("../../src/lib/support/signals.ts", import.meta.url).href);

/** Starts a program with this project's signals in reach, and gives the lines that it prints. */
function start(t: TestContext, program: string): {child: ChildProcess; line(): Promise<string>} {
  const code = `import {spawn} from "node:child_process";
    const {endable, endWith, onEnding} = await import(${module});
    const forever = () => new Promise(() => setInterval(() => {}, 1000));
    ${program}`;
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), "--input-type=module", "-e", code]);
  t.after(() => child.kill("SIGKILL"));
  const lines: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => lines.push(...text.trim().split("\n")));
  const line = async () => {
    while (lines.length === 0) await once(child.stdout, "data");
    return lines.shift()!;
  };
  return {child, line};
}

for (const signal of endings) {
  test(`work that listens hears of ${signal}; busy work that does not is ended by it`, async (t) => {
    const {child, line} = start(
      t,
      `onEnding((name) => console.log("heard", name));
      void endable(async (listen) => {
        listen();
        console.log("listening");
        await forever();
      });
      process.stdin.once("data", () => void endable(() => { console.log("busy"); for (;;); }));`
    );
    assert.equal(await line(), "listening");
    child.kill(signal);
    assert.equal(await line(), `heard ${signal}`);
    child.stdin!.write("go on");
    assert.equal(await line(), "busy");
    child.kill(signal);
    assert.deepEqual(await once(child, "exit"), [null, signal]);
  });
}

test("after work that could be ended, the process listens again", async (t) => {
  const {child, line} = start(
    t,
    `onEnding((name) => { console.log("heard", name); process.exit(); });
    await endable(() => 1);
    await endable(() => Promise.reject(new Error("failed"))).catch(() => 0);
    console.log("ready");
    await forever();`
  );
  assert.equal(await line(), "ready");
  child.kill("SIGTERM");
  assert.equal(await line(), "heard SIGTERM");
});

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** A child that starts one of its own, deaf to SIGTERM both, and prints the numbers of both. */
const family = `const deaf = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);';
  const child = spawn(process.execPath, ["-e", deaf + 'console.log(require("child_process").spawn(process.execPath, ["-e", ' + JSON.stringify(deaf) + ']).pid)'], {detached: true, stdio: ["ignore", "pipe", "inherit"]});
  endWith(child);
  child.stdout.once("data", (pid) => console.log(child.pid + " " + pid));`;

for (const [how, end] of Object.entries({
  "is ended by a signal": (child: ChildProcess) => child.kill("SIGHUP"),
  "ends by itself": (child: ChildProcess) => child.stdin!.write("exit")
})) {
  test(`children and theirs end with a process that ${how}`, async (t) => {
    const {child, line} = start(t, `${family} process.stdin.once("data", () => process.exit(3)); await forever();`);
    const pids = (await line()).split(" ").map(Number);
    assert.equal(pids.length, 2);
    assert.ok(pids.every(isAlive));
    end(child);
    await once(child, "exit");
    while (pids.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 10));
  });
}
