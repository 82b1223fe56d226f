import assert from "node:assert/strict";
import {mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync} from "node:fs";
import {join} from "node:path";
import {test, type TestContext} from "node:test";
import {fromRoot} from "../../src/lib/support/paths.js";
import {OwnPackages} from "../../src/site/own-packages.js";
import {vendor} from "../../src/site/vendor.js";
import {project, write} from "./project.js";

const interval = (n: number) => `export const wilson = (k: number) => k / ${n};\n`;

/** A project whose measures are its own folder, and a look at what pages get of them. */
function projectWithMeasures(t: TestContext) {
  const site = project(t, {
    "observablehq.config.ts": "export default {};",
    "docs/components/share.ts": 'import {wilson} from "measures";\nexport const share = wilson(1);\n',
    "src/lib/measures/package.json": readFileSync(fromRoot("src/lib/measures/package.json"), "utf8"),
    "src/lib/measures/index.ts": 'export * from "./interval.js";\n',
    "src/lib/measures/interval.ts": interval(2)
  });
  const packages = join(site.root, "node_modules");
  rmSync(packages);
  mkdirSync(packages);
  for (const name of readdirSync(fromRoot("node_modules"))) {
    if (name !== "measures") symlinkSync(join(fromRoot("node_modules"), name), join(packages, name));
  }
  symlinkSync("../src/lib/measures", join(packages, "measures"));
  const bundled = () => readFileSync(join(site.cache, "_node/measures@1.0.0/index.js"), "utf8");
  return {site, bundled};
}

test("pages get the project's own package as it is now, also while they are looked at", async (t) => {
  const {site, bundled} = projectWithMeasures(t);
  assert.ok(await vendor(site, {whole: true}));
  assert.match(bundled(), /\/2/);
  write(site, {"src/lib/measures/interval.ts": `/** Of two. */\n${interval(2)}`});
  assert.equal(await vendor(site, {whole: true}), false, "a comment is no change");

  const events: string[] = [];
  let wake = () => {};
  const next = () => new Promise<void>((resolve) => (wake = resolve));
  const tell = (event: string) => {
    events.push(event);
    wake();
  };
  const watcher = new OwnPackages(site, {onBundle: () => tell("bundled"), onError: () => tell("error")});
  t.after(() => watcher.close());
  await watcher.start();
  const config = join(site.root, "observablehq.config.ts");
  utimesSync(config, 1, 1);
  const [failed] = [next(), write(site, {"src/lib/measures/interval.ts": "export const wilson = ("})];
  await failed;
  assert.equal(statSync(config).mtimeMs, 1000, "the pages stay as they are");
  const [mended] = [next(), write(site, {"src/lib/measures/interval.ts": interval(3)})];
  await mended;
  assert.deepEqual(events, ["error", "bundled"]);
  assert.match(bundled(), /\/3/);
  assert.ok(statSync(config).mtimeMs > 1000, "Framework reloads the open pages");
});
