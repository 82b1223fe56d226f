import {mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import type {TestContext} from "node:test";
import {layout, type Layout} from "../../src/site/layout.js";
import {fromRoot} from "../../src/lib/support/paths.js";

const emit = fromRoot("src/site/emit.js");

/** A shim for a loader that the project has in `src/loaders`. */
export const shim = (loader: string) =>
  `import {emit} from ${JSON.stringify(emit)};\nimport load from ` +
  `"../../src/loaders/${loader}.js";\nawait emit(load);\n`;

/** This repository's configuration of the site without its pages, for projects that have others. */
export const configuration = () =>
  readFileSync(fromRoot("observablehq.config.ts"), "utf8")
    .replace(/ {2}pages: \[[^]*?\n {2}\],\n/, "  pages: [],\n")
    .replace(/ {2}dynamicPaths: \[[^]*?\n {2}\],\n/, "")
    .replace(/^import .* from "\.\/src\/(?!site\/).*\n/gm, "")
    .replaceAll('from "./src/site/', `from "${fromRoot("src/site")}/`)
    .replaceAll("study.dataset.name", '"covidx"');

/** Writes files of a project, by their paths in it. */
export function write({root}: Layout, files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), {recursive: true});
    writeFileSync(join(root, path), content);
  }
}

/** A throw-away project with this repository's packages. */
export function project(t: TestContext, files: Record<string, string>): Layout {
  const site = layout(mkdtempSync(join(tmpdir(), "site-")));
  t.after(() => rmSync(site.root, {recursive: true, force: true}));
  symlinkSync(fromRoot("node_modules"), join(site.root, "node_modules"));
  write(site, {"package.json": '{"type": "module"}', "docs/index.md": "# Home\n", ...files});
  return site;
}
