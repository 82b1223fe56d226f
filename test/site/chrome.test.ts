import assert from "node:assert/strict";
import {test} from "node:test";
import {accessibleChrome} from "../../src/site/chrome.js";

const page = `<!DOCTYPE html>
<html>
<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1">
<input id="observablehq-sidebar-toggle" type="checkbox" title="Toggle sidebar">
<nav id="observablehq-sidebar">
  <ol>
    <label id="observablehq-sidebar-close" for="observablehq-sidebar-toggle"></label>
    <li><a href="./">Home</a></li>
  </ol>
  <div id="observablehq-search"><input type="search" placeholder="Search"></div>
</nav>
<aside id="observablehq-toc" data-selector="h2">
<nav>
</nav></aside>
<pre data-language="js"><code>1</code></pre>
<footer id="observablehq-footer">
<nav><a rel="next" href="./b">B</a></nav></footer>`;

test("a page gets its language, zoom, names of landmarks, proper lists and a link past the sidebar", () => {
  const fixed = accessibleChrome(page);
  for (const pattern of [
    /<html lang="en">/,
    /initial-scale=1">/,
    /<a id="skip-link" href="#observablehq-main">/,
    /type="checkbox"[^>]* aria-label="Toggle sidebar"/,
    /<nav id="observablehq-sidebar" aria-label="Site">/,
    /<li><label id="observablehq-sidebar-close"[^>]*><\/label><\/li>/,
    /<aside id="observablehq-toc" aria-label="Contents" data-selector="h2">\n<nav aria-label="On this page">/,
    /<pre tabindex="0" data-language="js">/,
    /<nav aria-label="Previous and next page">/
  ]) {
    assert.match(fixed, pattern);
  }
});

test("markup that is no longer Framework's is an error", () => {
  assert.throws(() => accessibleChrome(page.replace("<html>", "<html class=new>")), /markup has changed/);
});
