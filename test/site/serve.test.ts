import assert from "node:assert/strict";
import {request} from "node:http";
import {join} from "node:path";
import {test, type TestContext} from "node:test";
import {serve, type ServeOptions} from "../../src/site/serve.js";
import {project} from "./project.js";

/** Serves a small site and asks for paths exactly as they are given. */
async function served(t: TestContext, options?: ServeOptions) {
  const {root} = project(t, {
    "secret.txt": "secret",
    "dist/index.html": "home",
    "dist/data.html": "data",
    "dist/a b/ü.html": "named",
    "dist/folder/index.html": "folder"
  });
  const {origin, close} = await serve(join(root, "dist"), options);
  t.after(close);
  return (path: string, headers: Record<string, string> = {}) =>
    new Promise<string>((resolve, reject) => {
      const asked = request(origin, {path, headers}, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        response.on("end", () => resolve(response.statusCode === 200 ? text : String(response.statusCode)));
      });
      asked.on("error", reject).end();
    });
}

test("a plain host serves files by their names, and a folder by its index", async (t) => {
  const ask = await served(t);
  assert.equal(await ask("/"), "home");
  assert.equal(await ask("/data.html?x=1"), "data");
  assert.equal(await ask("/a%20b/%C3%BC.html"), "named");
  assert.equal(await ask("/folder/"), "folder");
  assert.equal(await ask("/data"), "404");
});

test("a host with clean addresses knows pages without their extensions, and a site may lie under a path", async (t) => {
  const ask = await served(t, {clean: true, base: "/some/path/"});
  assert.equal(await ask("/some/path/"), "home");
  assert.equal(await ask("/some/path/data"), "data");
  assert.equal(await ask("/data"), "404");
  assert.equal(await ask("/some/pathdata"), "404");
});

test("nothing outside the site is served, and a senseless address ends nothing", async (t) => {
  const ask = await served(t);
  for (const path of ["/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/folder/..%2f..%2fsecret.txt"]) {
    assert.equal(await ask(path), "404", path);
  }
  for (const path of ["/%", "/%00", "//", "/%ff"]) assert.match(await ask(path), /^(404|home)$/, path);
  assert.equal(await ask("/"), "home");
});

test("only requests for this machine's own names are answered", async (t) => {
  const ask = await served(t);
  for (const host of ["localhost:3000", "127.0.0.1", "[::1]:80", "x.localhost"])
    assert.equal(await ask("/", {host}), "home", host);
  for (const host of ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.0.1"]) {
    assert.equal(await ask("/", {host}), "403", host);
  }
});
