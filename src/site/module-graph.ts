import {build, type Metafile} from "esbuild";
import {createHash} from "node:crypto";
import {existsSync, readFileSync, realpathSync, statSync} from "node:fs";
import {builtinModules} from "node:module";
import {dirname, join, relative, resolve} from "node:path";
import {ownPackages} from "../lib/pipeline/packages.js";

/** What a module's result depends on. */
export interface ModuleGraph {
  /** Hash of the minified code, the versions of the packages and the files named by `new URL(…, import.meta.url)`. */
  key: string;
  /** Absolute paths of every local file in it, sorted: what to watch. */
  files: string[];
}

/** A script bundled with all that it imports, except packages. Paths are absolute. */
interface Bundle {
  code: Uint8Array;
  modules: string[];
  packages: string[];
}

const isScript = (path: string) => /\.[cm]?[jt]s$/.test(path);
const packageName = (specifier: string) => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
const isBuiltin = (specifier: string) => specifier.startsWith("node:") || builtinModules.includes(specifier);

/** The modules that an entry reaches, and the packages that these name. */
function reach(entry: string, inputs: Metafile["inputs"]): {modules: string[]; packages: string[]} {
  const modules = new Set([entry]);
  const packages = new Set<string>();
  for (const module of modules) {
    for (const {path, external} of inputs[module].imports) {
      if (!external) modules.add(path);
      else if (!isBuiltin(path)) packages.add(packageName(path));
    }
  }
  return {modules: [...modules], packages: [...packages].sort()};
}

async function bundle(entries: string[], root: string): Promise<Map<string, Bundle>> {
  const {metafile, outputFiles} = await build({
    entryPoints: entries,
    outdir: "bundles",
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    packages: "external",
    plugins: [ownPackages],
    platform: "node",
    format: "esm",
    target: "node20",
    absWorkingDir: root,
    logLevel: "silent"
  });
  return new Map(
    outputFiles.map(({path, contents}) => {
      const entry = metafile.outputs[relative(root, path)].entryPoint!;
      const {modules, packages} = reach(entry, metafile.inputs);
      return [
        resolve(root, entry),
        {code: contents, modules: modules.map((module) => resolve(root, module)), packages}
      ];
    })
  );
}

/** Finds the files that modules name by `new URL(…, import.meta.url)`: data, fonts, workers. Reads a module once. */
function namedFilesReader(): (module: string) => string[] {
  const pattern = /new URL\(\s*["'`]([^"'`$]+)["'`]\s*,\s*import\.meta\.url\s*\)/g;
  const known = new Map<string, string[]>();
  return (module) => {
    if (!known.has(module)) {
      const specifiers = [...readFileSync(module, "utf8").matchAll(pattern)].map(([, specifier]) => specifier);
      const paths = specifiers.map((specifier) => resolve(dirname(module), specifier));
      known.set(
        module,
        paths.filter((path) => existsSync(path) && statSync(path).isFile()).map((path) => realpathSync(path))
      );
    }
    return known.get(module)!;
  };
}

function packageVersion(name: string, root: string): string {
  const manifest = join(root, "node_modules", name, "package.json");
  if (!existsSync(manifest)) return `${name} is not installed`;
  return `${name}@${(JSON.parse(readFileSync(manifest, "utf8")) as {version: string}).version}`;
}

/**
 * The module graphs of scripts, by esbuild, in one go: static and dynamic imports, and files and workers named by
 * `new URL(…, import.meta.url)`. Comments and formatting do not change a key. Throws esbuild's error if any script has
 * a syntax error or an import that cannot be resolved.
 */
export async function moduleGraphs(entries: string[], root: string): Promise<Map<string, ModuleGraph>> {
  root = realpathSync(root); // esbuild names modules by their real paths
  const bundles = new Map<string, Bundle>();
  const namedFiles = namedFilesReader();
  for (let pending = entries; pending.length;) {
    const fresh = await bundle(pending, root);
    for (const [entry, made] of fresh) bundles.set(entry, made);
    const named = [...fresh.values()].flatMap(({modules}) => modules.flatMap(namedFiles));
    pending = [...new Set(named)].filter((path) => isScript(path) && !bundles.has(path));
  }
  return new Map(
    entries.map((entry) => {
      const hash = createHash("sha256").update(process.version);
      const files = new Set<string>();
      const scripts = new Set([realpathSync(entry)]);
      for (const script of scripts) {
        const {code, modules, packages} = bundles.get(script)!;
        hash.update(code).update(packages.map((name) => packageVersion(name, root)).join());
        for (const module of modules) files.add(module);
        for (const named of modules.flatMap(namedFiles)) {
          if (isScript(named)) scripts.add(named);
          else if (!files.has(named)) hash.update(relative(root, named)).update(readFileSync(named));
          files.add(named);
        }
      }
      return [entry, {key: hash.digest("hex"), files: [...files].sort()}];
    })
  );
}
