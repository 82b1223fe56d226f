import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {once} from "node:events";
import {request} from "node:http";
import {test, type TestContext} from "node:test";
import {isLocalHost} from "../../src/site/local-host.js";
import {asImport} from "../../src/lib/support/thread.js";

test("this machine's names are local, and no others, whatever they begin or end with", () => {
  for (const host of [
    "localhost",
    "localhost:3000",
    "LOCALHOST",
    "a.localhost",
    "127.0.0.1:80",
    "127.1.2.3",
    "[::1]:1"
  ]) {
    assert.ok(isLocalHost(host), host);
  }
  const others = [
    undefined,
    "",
    "example.com",
    "localhost.example.com",
    "127.0.0.1.example.com",
    "notlocalhost",
    "10.0.0.1",
    "[::2]",
    "a b",
    "localhost@example.com"
  ];
  for (const host of others) assert.ok(!isLocalHost(host), String(host));
});

/** A server in a process that was started as Framework's is. */
async function guarded(t: TestContext): Promise<(headers: Record<string, string>) => Promise<number | undefined>> {
  const program = `const server = require("node:http").createServer((_, response) => response.end("ok"));
    server.on("upgrade", (_, socket) => socket.end("HTTP/1.1 101 Switching Protocols\\r\\n\\r\\n"));
    server.listen(0, "127.0.0.1", () => console.log(server.address().port));`;
  const guard = asImport(new URL("../../src/site/refuse-other-hosts.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", guard, "-e", program]);
  t.after(() => child.kill());
  const port = Number((await once(child.stdout, "data"))[0]);
  return (headers) =>
    new Promise((resolve, reject) => {
      const asked = request({port, headers, agent: false}, (response) => resolve(response.resume().statusCode));
      asked.on("upgrade", ({statusCode}, socket) => (socket.destroy(), resolve(statusCode)));
      asked.on("error", reject).end();
    });
}

test("the preview answers to this machine's names only, and opens web sockets for its own pages only", async (t) => {
  const status = await guarded(t);
  assert.equal(await status({host: "localhost:3000"}), 200);
  assert.equal(await status({host: "rebound.example"}), 403);
  const upgrade = {host: "127.0.0.1", connection: "Upgrade", upgrade: "websocket"};
  assert.equal(await status({...upgrade, origin: "http://127.0.0.1:3000"}), 101);
  assert.equal(await status({...upgrade, origin: "https://example.com"}), 403);
  assert.equal(await status({...upgrade, host: "rebound.example"}), 403);
});
