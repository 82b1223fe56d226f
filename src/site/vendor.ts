import {build} from "esbuild";
import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {UserError} from "../lib/support/errors.js";
import {makeFolder, writeAtomic} from "../lib/support/files.js";
import {ownPackage} from "../lib/pipeline/packages.js";
import type {Layout} from "./layout.js";
import {moduleGraphs} from "./module-graph.js";
import {usedNames, type UsedNames} from "./used-names.js";

/**
 * What a page or a component may import by its bare name. `d3-dsv` and `htl` also serve Framework's
 * `FileAttachment.csv` and `html`; a page that uses a global (`Plot`, `d3`) beside a bare import of the same package
 * loads it twice.
 */
export const pagePackages = [
  "@observablehq/inputs",
  "@observablehq/plot",
  "arquero",
  "d3",
  "d3-dsv",
  "htl",
  "isoformat",
  "measures"
];

function version(root: string, name: string): string {
  const path = join(root, "node_modules", name, "package.json");
  if (!existsSync(path)) throw new UserError(`The package ${name} is not installed.`, {hint: "Run npm ci."});
  return (JSON.parse(readFileSync(path, "utf8")) as {version: string}).version;
}

const listed = (used: UsedNames) => (used === "all" ? "*" : `{${used.join()}}`);

/** The packages that Framework's own client names; it looks up the newest version of each, used or not. */
function clientPackages(framework: string): string[] {
  const client = join(framework, "dist/client");
  const names = readdirSync(client, {recursive: true, encoding: "utf8"})
    .filter((file) => file.endsWith(".js"))
    .flatMap((file) => [...readFileSync(join(client, file), "utf8").matchAll(/["']npm:((?:@[\w.-]+\/)?[\w.-]+)/g)])
    .map(([, name]) => name);
  return [...new Set(names)];
}

/** Module graphs of those packages that are folders of this project: these change without their version. */
export const ownGraphs = ({root}: Layout) =>
  moduleGraphs(
    pagePackages.flatMap((name) => ownPackage(name, root) ?? []),
    root
  );

/** A folder of Framework's cache, and what is bundled into it of each package. */
interface Bundles {
  folder: string;
  entry: string;
  used: Map<string, UsedNames>;
}

async function bundle(layout: Layout, versions: Map<string, string>, {folder, entry, used}: Bundles): Promise<void> {
  await build({
    entryPoints: Object.fromEntries([...versions].map(([name, v]) => [`${name}@${v}/${entry}`, `vendored:${name}`])),
    outdir: join(layout.cache, folder),
    chunkNames: "chunks@1.0.0/[name]-[hash]", // looks like a package, because Framework reads a version from the path
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    mainFields: ["browser", "module", "main"],
    define: {"process.env.NODE_ENV": '"production"', global: "globalThis"},
    legalComments: "none",
    logLevel: "error",
    plugins: [
      {
        name: "vendored",
        setup({onResolve, onLoad}) {
          onResolve({filter: /^vendored:/}, ({path}) => ({
            path: path.slice("vendored:".length),
            namespace: "vendored"
          }));
          onLoad({filter: /.*/, namespace: "vendored"}, ({path}) => ({
            contents: `export ${listed(used.get(path)!)} from ${JSON.stringify(path)};`,
            resolveDir: layout.root
          }));
        }
      }
    ]
  });
}

/**
 * Fills Framework's package caches from `node_modules`, so that a build needs no network and honours `browser` fields,
 * which Framework's own bundler ignores. Pages get only those exports of a package that they use, or all of them if
 * `whole`: while pages are being written. Packages that only Framework's client names get an empty folder: that stops
 * the look-up of their version, and a page that does use one fails the build. Returns whether there was work to do.
 */
export async function vendor(layout: Layout, {whole = false} = {}): Promise<boolean> {
  const versions = new Map(pagePackages.map((name) => [name, version(layout.root, name)]));
  const all = new Map(pagePackages.map((name) => [name, "all" as const]));
  const bundles: Bundles[] = [
    {folder: "_node", entry: "index", used: whole ? all : await usedNames(layout.docs, pagePackages)}, // bare imports
    {folder: "_npm", entry: "_esm", used: all} // `npm:` imports, which Framework's globals are
  ];
  const framework = join(layout.root, "node_modules/@observablehq/framework");
  const own = [...(await ownGraphs(layout)).values()].map(({key}) => key);
  const stamp = createHash("sha256")
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .update(
      JSON.stringify([
        ...versions,
        ["framework", version(layout.root, "@observablehq/framework")],
        ...bundles[0].used,
        own
      ])
    )
    .digest("hex");
  const stampFile = join(layout.cache, "_vendored");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return false;
  rmSync(stampFile, {force: true});
  for (const made of bundles) {
    rmSync(join(layout.cache, made.folder), {recursive: true, force: true});
    await bundle(layout, versions, made);
  }
  for (const name of clientPackages(framework)) {
    if (!versions.has(name)) makeFolder(join(layout.cache, "_npm", `${name}@0.0.0`));
  }
  writeAtomic(stampFile, stamp);
  return true;
}
