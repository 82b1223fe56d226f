import assert from "node:assert/strict";
import {existsSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {layout} from "../../src/site/layout.js";
import {dropUnlisted, unlistedPages} from "../../src/site/unlisted.js";
import {project} from "./project.js";

const config = {pages: [{path: "/data"}], dynamicPaths: ["/results/net", "/data/a.json"]};

test("what is neither the home page nor in the sidebar nor a dynamic path is not listed", () => {
  const built = ["data.html", "elsewhere.html", "index.html", "results/net.html", "results/other.html"];
  assert.deepEqual(unlistedPages(built, config), ["elsewhere.html", "results/other.html"]);
});

test("pages that the configuration does not list leave the site, and all stay where it lists none", async (t) => {
  for (const [pages, kept] of [
    [[{path: "/data"}], false],
    [[], true]
  ] as const) {
    const {root} = project(t, {
      "observablehq.config.ts": `export default ${JSON.stringify({...config, pages})};`,
      ...Object.fromEntries(["index", "data", "elsewhere"].map((name) => [`site/${name}.html`, ""]))
    });
    await dropUnlisted({...layout(root), staging: join(root, "site")});
    const exists = (name: string) => existsSync(join(root, "site", `${name}.html`));
    assert.deepEqual([exists("index"), exists("data"), exists("elsewhere")], [true, true, kept]);
  }
});
