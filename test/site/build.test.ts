import assert from "node:assert/strict";
import {existsSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {buildSite} from "../../src/site/build.js";
import {checkSite} from "../../src/site/check.js";
import {findChromium} from "../../src/site/chromium.js";
import {fromRoot} from "../../src/lib/support/paths.js";
import {configuration, project, shim, write} from "./project.js";

const fence = (code: string) => `\n\`\`\`js\n${code}\n\`\`\`\n`;
const files = {
  "observablehq.config.ts": configuration(),
  "package.json": '{"type": "module", "version": "1.2.3"}',
  "docs/style.css": readFileSync(fromRoot("docs/style.css"), "utf8"),
  "docs/data/fonts.css.ts": shim("fonts"),
  "src/loaders/fonts.ts": 'export default () => "@font-face{}";',
  "docs/data/rows.json.ts": shim("rows"),
  "src/loaders/rows.ts": 'console.log("noise"); export default () => [{x: 1, y: 2}, {x: 2, y: 3}];',
  "docs/components/dots.ts": `import * as Plot from "@observablehq/plot";
    export const dots = (rows: object[]) => Plot.dot(rows, {x: "x", y: "y"}).plot({ariaLabel: "Dots"}).querySelectorAll("circle").length;`,
  "docs/index.md": `# Home\n\n## Part\n\nArquero counts <b id="count">\${aq.from(rows).numRows()}</b>, Plot draws <b id="dots">\${dots(rows)}</b>.\n${fence(
    'import * as aq from "arquero";\nimport {dots} from "./components/dots.js";\nconst rows = ' +
      'await FileAttachment("data/rows.json").json();'
  )}`
};

test("a site is built without a network, and a later failure leaves it as it was", {timeout: 240_000}, async (t) => {
  const site = project(t, files);
  const {NODE_OPTIONS} = process.env;
  // Whoever asks the network for anything fails.
  process.env.NODE_OPTIONS = '--import "data:text/javascript,globalThis.fetch=()=>{throw new Error(`no network`)}"';
  t.after(() => {
    if (NODE_OPTIONS === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = NODE_OPTIONS;
  });
  const log: string[] = [];
  const build = () => buildSite({root: site.root, log: (line) => log.push(line)});
  await build();
  const built = readFileSync(join(site.dist, "index.html"), "utf8");
  assert.match(built, /<html lang="en">/);
  assert.match(built, /Not for clinical use\.<\/strong> Version 1\.2\.3/);
  assert.match(log.join("\n"), /data\/rows\.json[^]*nothing broken/);
  if (findChromium()) assert.deepEqual(await checkSite(site.dist), []);

  write(site, {
    "src/loaders/broken.ts": 'export default () => { throw new Error("no such result"); };',
    "docs/data/broken.json.ts": shim("broken")
  });
  await assert.rejects(build(), /data\/broken\.json failed: no such result/);
  rmSync(join(site.docs, "data/broken.json.ts"));
  write(site, {"docs/index.md": '# Home\n\n```js\nFileAttachment("data/absent.json").json()\n```\n'});
  await assert.rejects(build(), /index\.md attaches data\/absent\.json/);
  assert.equal(readFileSync(join(site.dist, "index.html"), "utf8"), built);
  assert.ok(!existsSync(site.staging));
});
