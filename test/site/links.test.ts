import assert from "node:assert/strict";
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {test, type TestContext} from "node:test";
import {findPages} from "../../src/site/built-site.js";
import {pageSources} from "../../src/site/shims.js";
import {fromRoot} from "../../src/lib/support/paths.js";
import {crawl, hosts} from "./crawl.js";
import {project} from "./project.js";

const dist = fromRoot("dist");
const skip = existsSync(join(dist, "index.html")) ? false : "there is no built site: npm run build";

test("every link and attachment of the built report works on any static host", {skip, timeout: 120_000}, async () => {
  const exported = readdirSync(join(dist, "runs"), {recursive: true, encoding: "utf8"})
    .filter((name) => name.endsWith(".json"))
    .map((name) => `runs/${name}`);
  // What scripts link to or load is not found in the markup.
  const further = [...findPages(dist), ...exported];
  for (const host of hosts) {
    const {found, dead} = await crawl(dist, host, further);
    assert.deepEqual(dead, [], JSON.stringify(host));
    assert.ok(
      [...found].some((path) => path.startsWith("_file/")),
      "attachments are followed"
    );
  }
});

test("no page of the built report shares its name with a folder", {skip}, () => {
  const shared = findPages(dist).filter((page) => existsSync(join(dist, page.slice(0, -".html".length))));
  assert.deepEqual(shared, []);
});

test("links that scripts make name the files of pages, which Framework does for those of the text only", () => {
  const docs = fromRoot("docs");
  const wrong = pageSources(docs).flatMap((file) =>
    [...readFileSync(join(docs, file), "utf8").matchAll(/["'`]\.\.?\/[\w-]+(?:\$\{[^}]*\})?[\w-]*["'`#?]/g)].map(
      ([link]) => `${file}: ${link}`
    )
  );
  assert.deepEqual(wrong, []);
});

/** A site of one page beside the files that a good one refers to. */
const site = (t: TestContext, body: string, script = "") => {
  const {root} = project(t, {
    "dist/index.html":
      `<html><link rel="stylesheet" href="./s.css"><body>${body}</body><script ` +
      `type="module">${script}</script></html>`,
    "dist/other.html": `<html><body><a href="./">home</a></body></html>`,
    "dist/s.css": `@font-face{src:url("./f.woff2")}`,
    "dist/f.woff2": "",
    "dist/a.json": "{}",
    "dist/x.js": `import{y}from"./y.js";export{y};`,
    "dist/y.js": "export const y = 1;"
  });
  return join(root, "dist");
};

test("a sound site is sound in each way of serving", async (t) => {
  const sound = site(
    t,
    '<a href="./other.html#x">other</a>',
    'import {y} from "./x.js"; register({"path":"./a.json"});'
  );
  for (const host of hosts) {
    const {found, dead} = await crawl(sound, host);
    assert.deepEqual(dead, []);
    assert.deepEqual([...found].sort(), ["", "a.json", "f.woff2", "other.html", "s.css", "x.js", "y.js"]);
  }
});

for (const [what, body, script, deadOn] of [
  ["a link without its extension", '<a href="./other">other</a>', "", [true, false, true, false]],
  ["a link from the root of the host", '<a href="/other.html">other</a>', "", [false, false, true, true]],
  ["an attachment that is not there", "", 'register({"path":"./b.json"});', [true, true, true, true]],
  ["an import that is not there", "", 'import "./z.js";', [true, true, true, true]]
] as const) {
  test(`${what} is dead where it is`, async (t) => {
    const broken = site(t, body, script);
    const found = await Promise.all(hosts.map(async (host) => (await crawl(broken, host)).dead.length > 0));
    assert.deepEqual(found, deadOn);
  });
}
