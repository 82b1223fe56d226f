import assert from "node:assert/strict";
import {createHash} from "node:crypto";
import {existsSync, mkdtempSync, readdirSync, readFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import type {WeightFile} from "../../../src/lib/models/architecture.js";
import {architecture} from "../../../src/lib/models/registry.js";
import {fetchWeights} from "../../../src/lib/models/weights/fetch.js";
import {locateWeights} from "../../../src/lib/models/weights/locate.js";
import {mulberry32} from "../../../src/lib/measures/random.js";
import {send, serve} from "../../dataset/fetch/server.js";

const previous = process.env.WEIGHTS_DIR;
after(() => {
  if (previous === undefined) delete process.env.WEIGHTS_DIR;
  else process.env.WEIGHTS_DIR = previous;
});

const random = mulberry32(5);
const content = Buffer.from(Uint8Array.from({length: 30_000}, () => 256 * random()));
const digest = (algorithm: string) => `${algorithm}:${createHash(algorithm).update(content).digest("hex")}`;
const patience = {pause: () => 1, attempts: 3};

/** A file that is not here yet, in a folder of its own. */
function absent(url: string, digests = [digest("sha256")]): {file: WeightFile; folder: string} {
  const folder = join(mkdtempSync(join(tmpdir(), "fetch-")), "weights");
  process.env.WEIGHTS_DIR = folder;
  return {folder, file: {file: "w.safetensors", url, format: "safetensors", digests, licence: "MIT"}};
}

const locate = (imagenet: WeightFile) => locateWeights({...architecture("mobilenetv2_0.35"), imagenet});

test("a file whose connection is cut is continued, gets its publisher's digest checked and can be located", async (t) => {
  let part = "";
  const {base, requests} = await serve(t, {
    "/w": (request, response, attempt) =>
      send(request, response, content, attempt < 3 ? {cut: {after: 9_000, file: part}} : {})
  });
  const {file, folder} = absent(`${base}/w`);
  part = join(folder, "w.safetensors.part");
  const seen: number[] = [];
  await fetchWeights(file, {...patience, onProgress: ({done}) => seen.push(done)});
  assert.ok(readFileSync(locate(file).path).equals(content));
  assert.deepEqual(readdirSync(folder), ["w.safetensors"]);
  assert.deepEqual(
    requests.map(({range}) => range),
    [undefined, "bytes=9000-", "bytes=18000-"]
  );
  assert.equal(seen.at(-1), content.length);
});

test("a truncated and a wrong file are refused and not left; the right one is then accepted by any of its digests", async (t) => {
  const wrong = Buffer.from(content);
  wrong[100] ^= 1;
  const answers = [content.subarray(0, 20_000), content.subarray(0, 20_000), wrong, wrong, content];
  const {base} = await serve(t, {
    "/w": (request, response, attempt) => send(request, response, answers[attempt - 1], {etag: `"${attempt}"`})
  });
  const {file, folder} = absent(`${base}/w`, ["sha256:00", digest("md5")]);
  for (let i = 0; i < 2; ++i) {
    await assert.rejects(fetchWeights(file, patience), {
      name: "UserError",
      message:
        /is not what its publisher states: its sha256 is \w+, not 00; its md5 is [^]*Download them from .* to .*w\.safetensors/
    });
    assert.deepEqual(readdirSync(folder), []);
    assert.throws(() => locate(file), /are not in/);
  }
  await fetchWeights(file, patience);
  assert.ok(readFileSync(locate(file).path).equals(content));
});

test("without a network the error names the publisher's address and where to put the file", async () => {
  const {file, folder} = absent("http://127.0.0.1:1/w");
  await assert.rejects(fetchWeights(file, patience), (error: Error) => {
    assert.equal(error.name, "UserError");
    for (const part of ["http://127.0.0.1:1/w", join(folder, "w.safetensors"), "WEIGHTS_DIR"]) {
      assert.ok(error.message.includes(part), error.message);
    }
    return true;
  });
  assert.equal(existsSync(join(folder, "w.safetensors")), false);
});

test("an interruption ends the download, and the next one continues it", async (t) => {
  const {base, requests} = await serve(t, {
    "/w": (request, response, attempt) => {
      if (attempt > 1) return send(request, response, content);
      response.writeHead(200, {"content-length": content.length, etag: '"one"'});
      response.write(content.subarray(0, 8_000));
    }
  });
  const {file} = absent(`${base}/w`);
  const controller = new AbortController();
  const interrupted = fetchWeights(file, {
    ...patience,
    signal: controller.signal,
    onProgress: () => controller.abort(new Error("stop"))
  });
  await assert.rejects(interrupted, /stop/);
  await fetchWeights(file, patience);
  assert.ok(readFileSync(locate(file).path).equals(content));
  assert.equal(requests.at(-1)!.range, "bytes=8000-");
});
