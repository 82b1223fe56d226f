import assert from "node:assert/strict";
import {join} from "node:path";
import {test, type TestContext} from "node:test";
import {findBroken} from "../../src/site/built-site.js";
import {project} from "./project.js";

const page = (script: string, body = "") =>
  `<html><link rel="stylesheet" href="./_file/s.css"><script ` +
  `type="module">\n${script}\n</script><body>${body}<a ` +
  `href="./other.html#x">other</a></body></html>`;

/** What is broken in a site of one page beside a sound one. */
async function broken(t: TestContext, html: string): Promise<string[]> {
  const {root} = project(t, {
    "dist/index.html": html,
    "dist/other.html": page('import "./_observablehq/client.js";'),
    "dist/_file/s.css": "",
    "dist/_file/data/a.json": "{}",
    "dist/_observablehq/client.js": 'export const define = () => import("../_npm/optional.js");',
    "dist/_import/chart.js": 'import {max} from "../_node/d3.js"; export const chart = max;',
    "dist/_node/d3.js": "export const max = 1;"
  });
  return findBroken(join(root, "dist"));
}

test("a sound site has nothing broken, and what the client loads on demand may be absent", async (t) => {
  const script = `import {define} from "./_observablehq/client.js";
registerFile("a.json", {"path":"./_file/data/a.json"});
const {chart} = await import("./_import/chart.js");
const {max: largest} = await import("./_node/d3.js");`;
  assert.deepEqual(await broken(t, page(script)), []);
});

for (const [what, html, expected] of [
  [
    "an error marker",
    page("", '<div class="observablehq--inspect observablehq--error">SyntaxError: Unexpected token</div>'),
    /index\.html shows an error: SyntaxError: Unexpected token/
  ],
  [
    "an attached file",
    page('registerFile("b.json", {"path":"./_file/data/b.json"});'),
    /refers to \.\/_file\/data\/b\.json/
  ],
  ["a picture", page("", '<img src="./_file/none.png">'), /refers to \.\/_file\/none\.png/],
  ["a link", page("", '<a href="./nowhere">nowhere</a>'), /refers to \.\/nowhere/],
  ["a package", page('const {a} = await import("not-installed");'), /Could not resolve "not-installed"/],
  ["a component", page('const {a} = await import("./_import/none.js");'), /Could not resolve ".\/_import\/none\.js"/],
  ["an exported name", page('const {chart, histogram} = await import("./_import/chart.js");'), /"histogram"/]
] as const) {
  test(`${what} that is broken or missing is found`, async (t) => {
    const found = await broken(t, html);
    assert.equal(found.length, 1, found.join("\n"));
    assert.match(found[0], expected);
  });
}

test("code that a page only shows is not taken for the page's own", async (t) => {
  const shown = '<pre><code>import x from "not-installed"; observablehq--error</code></pre>';
  assert.deepEqual(await broken(t, page("", shown)), []);
});
