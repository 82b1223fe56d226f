import assert from "node:assert/strict";
import {createHash} from "node:crypto";
import {existsSync, readFileSync, readdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import test from "node:test";
import type {Checksum} from "../../../src/lib/dataset/fetch/checksum.js";
import {checksumOf} from "../../../src/lib/dataset/fetch/checksum.js";
import {download} from "../../../src/lib/dataset/fetch/download.js";
import {mulberry32} from "../../../src/lib/measures/random.js";
import {temporaryFolder, write} from "../fixtures.js";
import {gitBlob, send, serve} from "./server.js";

const random = mulberry32(11);
const content = Buffer.from(Uint8Array.from({length: 50_000}, () => 256 * random()));
const sha256: Checksum = {algorithm: "sha256", value: createHash("sha256").update(content).digest("hex")};
const patience = {pause: () => 1, attempts: 3};
const target = () => join(temporaryFolder(), "sub", "file.bin");

/** The file is there, whole, with nothing beside it. */
function assertComplete(path: string): void {
  assert.ok(readFileSync(path).equals(content));
  assert.deepEqual(readdirSync(join(path, "..")), ["file.bin"]);
}

test("a file is fetched, verified and named; progress ends at its size", async (t) => {
  const {base} = await serve(t, {"/file": (request, response) => send(request, response, content)});
  const path = target();
  let last = {done: 0, total: 0, unit: ""};
  await download({url: `${base}/file`, path, size: content.length, checksum: sha256, onProgress: (p) => (last = p)});
  assertComplete(path);
  assert.deepEqual(last, {done: 50_000, total: 50_000, unit: "bytes"});
});

test("a connection cut on the way is continued from where it broke", async (t) => {
  const path = target();
  const cut = {after: 12_000, file: `${path}.part`};
  const {base, requests} = await serve(t, {
    "/file": (request, response, attempt) => send(request, response, content, attempt < 4 ? {cut} : {})
  });
  await download({url: `${base}/file`, path, checksum: sha256, ...patience, attempts: 9});
  assertComplete(path);
  assert.deepEqual(
    requests.map(({range, ifRange}) => [range, ifRange]),
    [undefined, "bytes=12000-", "bytes=24000-", "bytes=36000-"].map((range) => [range, range && '"one"'])
  );
});

test("a process that was killed on the way is continued by the next", async (t) => {
  const {base, requests} = await serve(t, {"/file": (request, response) => send(request, response, content)});
  const path = target();
  write(`${path}.part`, content.subarray(0, 20_000));
  write(`${path}.part.json`, JSON.stringify({url: `${base}/file`, validator: '"one"'}));
  await download({url: `${base}/file`, path});
  assertComplete(path);
  assert.equal(requests[0].range, "bytes=20000-");
});

test("a part of another address, or of a file that has changed since, is not continued", async (t) => {
  const {base, requests} = await serve(t, {
    "/file": (request, response) => send(request, response, content, {etag: '"two"'})
  });
  for (const note of [
    {url: "http://elsewhere/file", validator: '"two"'},
    {url: `${base}/file`, validator: '"one"'},
    "{"
  ]) {
    const path = target();
    write(`${path}.part`, Buffer.alloc(20_000));
    write(`${path}.part.json`, typeof note === "string" ? note : JSON.stringify(note));
    await download({url: `${base}/file`, path});
    assertComplete(path);
  }
  assert.deepEqual(
    requests.map(({range}) => range),
    [undefined, "bytes=20000-", undefined]
  );
});

test("a server that ignores ranges sends the whole file, and no byte is doubled", async (t) => {
  const path = target();
  const cut = {after: 30_000, file: `${path}.part`};
  const {base} = await serve(t, {
    "/file": (request, response, attempt) =>
      send(request, response, content, {ignoreRange: true, cut: attempt === 1 ? cut : undefined})
  });
  await download({url: `${base}/file`, path, ...patience});
  assertComplete(path);
});

test("416 means complete if the sizes agree, and start again if not", async (t) => {
  const {base, requests} = await serve(t, {"/file": (request, response) => send(request, response, content)});
  for (const part of [content, Buffer.concat([content, Buffer.alloc(10)])]) {
    const path = target();
    write(`${path}.part`, part);
    write(`${path}.part.json`, JSON.stringify({url: `${base}/file`, validator: '"one"'}));
    await download({url: `${base}/file`, path, checksum: sha256, ...patience});
    assertComplete(path);
  }
  assert.equal(requests.length, 3);
});

test("a range that was not asked for is not written", async (t) => {
  const path = target();
  const cut = {after: 10_000, file: `${path}.part`};
  const {base} = await serve(t, {
    "/file": (request, response, attempt) => {
      if (attempt === 1) send(request, response, content, {cut});
      else if (attempt > 2) send(request, response, content);
      else response.writeHead(206, {"content-range": "bytes 5-50004/50005"}).end(content);
    }
  });
  await download({url: `${base}/file`, path, ...patience});
  assertComplete(path);
});

test("a corrupted file is fetched once more; if it stays so it is refused and not left behind", async (t) => {
  const corrupt = Buffer.from(content);
  corrupt[777] ^= 1;
  const {base, requests} = await serve(t, {
    "/once": (request, response, attempt) => send(request, response, attempt === 1 ? corrupt : content),
    "/always": (request, response) => send(request, response, corrupt),
    "/short": (request, response) => send(request, response, content.subarray(0, 49_999))
  });
  const path = target();
  await download({url: `${base}/once`, path, checksum: sha256});
  assertComplete(path);

  const other = target();
  const message = /\/always is not what its publisher states: its sha256 is [0-9a-f]{64}, not/;
  await assert.rejects(download({url: `${base}/always`, path: other, checksum: sha256}), {name: "UserError", message});
  await assert.rejects(download({url: `${base}/short`, path: other, size: 50_000}), {
    name: "UserError",
    message: /it has 49999 bytes, not 50000/
  });
  assert.deepEqual(readdirSync(join(other, "..")), []);
  assert.equal(requests.length, 6);
});

test("500 and 429 are tried again, and the last one is reported", async (t) => {
  const {base, requests} = await serve(t, {
    "/recovers": (request, response, attempt) => {
      if (attempt === 1) response.writeHead(500).end();
      else if (attempt === 2) response.writeHead(429, {"retry-after": "0"}).end();
      else send(request, response, content);
    },
    "/stays": (_, response) => void response.writeHead(503).end("sorry")
  });
  const path = target();
  await download({url: `${base}/recovers`, path, ...patience});
  assertComplete(path);
  await assert.rejects(download({url: `${base}/stays`, path: target(), ...patience}), {
    name: "UserError",
    message: /stays: it answers 503/
  });
  assert.equal(requests.filter(({url}) => url === "/stays").length, 3);
});

test("404 is not tried again, and says what to do by hand", async (t) => {
  const {base, requests} = await serve(t, {});
  const byHand = "Download it from the publisher's page and put it in the folder.";
  await assert.rejects(download({url: `${base}/gone`, path: target(), byHand, ...patience}), {
    name: "UserError",
    message: /gone: it answers 404[^]*publisher's page/
  });
  assert.equal(requests.length, 1);
});

test("a host that cannot be reached is named, with what to put where", async (t) => {
  const {base} = await serve(t, {});
  const port = Number(new URL(base).port);
  const closed = `127.0.0.1:${port === 1 ? 2 : 1}`;
  const path = target();
  await assert.rejects(download({url: `http://${closed}/file`, path, ...patience}), (error: Error) => {
    assert.equal(error.name, "UserError");
    assert.ok(error.message.includes(closed) && error.message.includes(path), error.message);
    return true;
  });
});

test("a connection that falls silent counts as lost", async (t) => {
  const {base} = await serve(t, {
    "/file": (request, response, attempt) => {
      if (attempt > 1) return send(request, response, content);
      response.writeHead(200, {"content-length": content.length, etag: '"one"'});
      response.write(content.subarray(0, 1000));
    }
  });
  const path = target();
  await download({url: `${base}/file`, path, silence: 150, ...patience});
  assertComplete(path);
});

test("a right file that is there is left alone; a wrong one is replaced", async (t) => {
  const {base, requests} = await serve(t, {"/file": (request, response) => send(request, response, content)});
  const path = target();
  write(path, content);
  await download({url: `${base}/file`, path, checksum: sha256});
  assert.equal(requests.length, 0);
  writeFileSync(path, "cut short");
  await download({url: `${base}/file`, path, checksum: sha256});
  assertComplete(path);
});

test("a folder that cannot be written is a clear error, not a reason to try again", async (t) => {
  const {base, requests} = await serve(t, {"/file": (request, response) => send(request, response, content)});
  const path = join(write(join(temporaryFolder(), "in-the-way"), ""), "sub", "file.bin");
  await assert.rejects(download({url: `${base}/file`, path, ...patience}), {
    name: "UserError",
    message: /Cannot write/
  });
  assert.ok(requests.length <= 1);
  assert.equal(existsSync(path), false);
});

test("checksums agree with Git and OpenSSL", async () => {
  const path = write(join(temporaryFolder(), "hello"), "hello\n");
  assert.equal(await checksumOf(path, "git-blob"), "ce013625030ba8dba906f756967f9e9ca394464a");
  assert.equal(gitBlob("hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
  assert.equal(await checksumOf(path, "md5"), "b1946ac92492d2347c6235b4d2611184");
  assert.equal(await checksumOf(path, "sha1"), "f572d396fae9206628714fb2ce00f72e94f2258f");
});
