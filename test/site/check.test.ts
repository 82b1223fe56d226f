import assert from "node:assert/strict";
import {randomBytes} from "node:crypto";
import {join} from "node:path";
import {test} from "node:test";
import {checkSite} from "../../src/site/check.js";
import {findChromium} from "../../src/site/chromium.js";
import {project} from "./project.js";

const skip = findChromium() ? false : "there is no Chromium on this machine";
const noise = `/*${randomBytes(300_000).toString("base64")}*/`; // which nothing compresses
const page = (body: string) =>
  `<!DOCTYPE html><html lang="en"><head><title>Page</title><link rel="icon" ` +
  `href="data:,"></head><body><main><h1>Page</h1>${body}</main></body></html>`;

test("a browser finds what is wrong with a page, and nothing with a sound one", {skip}, async (t) => {
  const {root} = project(t, {
    "dist/sound.html":
      page(`<p id="there">Text. <a href="./heavy.html">another</a></p><figure><table><tbody><tr><td>1</td></tr></tbody></table></figure>
      <button>First</button><label><input type="radio" name="r" checked>A</label><label><input type="radio" name="r">B</label>`),
    "dist/heavy.html": page(`<p>Text.</p><script>${noise}</script>`),
    "dist/wrong.html":
      page(`<script>console.error("told"); fetch("/absent.json"); fetch("https://outside.invalid/x").catch(() => 0)</script>
      <span class="observablehq--error">RuntimeError: x is not defined</span>
      <p style="color: #999; background: #aaa">faint</p><div style="width: 500px">wide</div>
      <figure id="void"><div></div><figcaption>Nothing</figcaption></figure>
      <figure id="nowhere"><svg><circle cx="NaN"/></svg></figure>
      <button tabindex="-1">unreached</button>
      <p><a href="./absent.html">gone</a> <a href="./sound">without</a> <a href="./sound.html#gone">gone</a> <a href="./sound.html#there">there</a></p>
      <nav id="observablehq-toc">Contents</nav>`)
  });
  const problems = await checkSite(join(root, "dist"));
  assert.deepEqual(
    problems.filter((problem) => problem.startsWith("sound")),
    []
  );
  for (const expected of [
    /desktop\) console: told/,
    /404: .*absent\.json/,
    /leaves the site: https:\/\/outside\.invalid/,
    /error cell: RuntimeError: x is not defined/,
    /axe serious: color-contrast/,
    /mobile\) is \d+ px too wide/,
    /void is empty/,
    /nowhere draws NaN/,
    /\(print\) prints the navigation/,
    /the keyboard does not reach <button[^>]*>unreached/,
    /^wrong\.html leads to http\S*\/absent\.html, which is not there$/m,
    /^wrong\.html leads to http\S*\/sound, which is not there$/m,
    /^wrong\.html leads to http\S*\/sound\.html#gone, which is not there$/m,
    /heavy\.html weighs \d+ kB before anybody touches it/
  ]) {
    assert.match(problems.join("\n"), expected);
  }
  assert.doesNotMatch(problems.join("\n"), /#there/);
});
