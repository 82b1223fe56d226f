import {readFileSync, statSync} from "node:fs";
import {basename, dirname, extname, relative, resolve} from "node:path";
import {fileURLToPath} from "node:url";
import type {Metafile, Plugin} from "esbuild";
import {root} from "../support/paths.js";
import {canonical, hash} from "./canonical.js";
import {ownPackages, packageName, packageVersion} from "./packages.js";

/** What a module computes with, apart from comments, formatting and types. */
export interface Fingerprint {
  /** Hash of the minified module graph and of the versions of the packages that it imports. */
  code: string;
  /** Hash of each minified file, by path from the root: tells which one changed. */
  files: Record<string, string>;
  packages: Record<string, string>;
}

const pipelineFolder = dirname(fileURLToPath(import.meta.url));
const declaration = /^export const (\w+)(?::[^=]+)? = stage[<(]/gm;
const asset = /new URL\(\s*(["'`])(\.[^"'`$]+)\1\s*,\s*import\.meta\.url\s*\)/g;

/** Identifiers stay: esbuild shortens them by the frequency of letters, also of those in types and unreached code. */
const minified = {minifySyntax: true, minifyWhitespace: true};

/**
 * Bundles a module with esbuild, packages from elsewhere left out and minified, and hashes the result. It ends at two
 * borders: this folder and shapes, which move and check results and compute none, and stages imported from other
 * modules, whose results have keys of their own. Files named by `new URL("...", import.meta.url)` (workers, tables)
 * count.
 */
export async function computeFingerprint(module: string): Promise<Fingerprint> {
  const {build} = await import("esbuild");
  const files = new Set<string>();
  const packages: Record<string, string> = {};
  const parts: string[] = [];
  const queue = [module];
  for (const entry of queue) {
    if (!isCode(entry)) {
      files.add(relative(root, entry));
      parts.push(readFileSync(entry, "base64"));
      continue;
    }
    const {metafile, outputFiles} = await build({
      absWorkingDir: root,
      bundle: true,
      define: {"import.meta.url": '"module"'}, // has no side effects, as far as esbuild knows
      entryPoints: [entry],
      format: "esm",
      legalComments: "none",
      loader: {".node": "empty"},
      logLevel: "silent",
      metafile: true,
      ...minified,
      packages: "external",
      platform: "node",
      plugins: [ownPackages, borders(module)],
      tsconfigRaw: {compilerOptions: {verbatimModuleSyntax: true}},
      write: false
    });
    parts.push(outputFiles[0].text);
    for (const file of Object.keys(metafile.inputs)) {
      files.add(file);
      Object.assign(packages, packagesOf(metafile, file));
      queue.push(...assetsOf(resolve(root, file)).filter((path) => !queue.includes(path)));
    }
  }
  return {code: hash(...parts, canonical(packages)), files: await hashFiles([...files].sort()), packages};
}

const isCode = (path: string) => [".ts", ".js", ".mjs"].includes(extname(path));

/** What moves results, and what checks published ones. */
const computesNothing = (file: string) => dirname(file) === pipelineFolder || basename(file) === "shapes.ts";

/** Leaves out the pipeline and other modules of which only stages are imported. */
function borders(module: string): Plugin {
  return {
    name: "borders",
    setup(build) {
      build.onResolve({filter: /^\.{1,2}\//}, ({path, importer, resolveDir}) => {
        const file = existing(resolve(resolveDir, path));
        if (!file) return undefined;
        if (computesNothing(file)) return {path: "pipeline", external: true};
        if (file === module || stagesOf(file).length === 0) return undefined;
        if (!importsOnlyStages(importer, file)) return {path: file, pluginData: "declares stages"};
        return {path: `stages:${relative(root, file)}`, external: true};
      });
      // So that a stage beside an imported helper is dropped.
      build.onLoad({filter: /\.[jt]s$/}, ({path, pluginData}) => {
        if (pluginData !== "declares stages") return undefined;
        const contents = readFileSync(path, "utf8").replace(declaration, (text) =>
          text.replace("= stage", "= /* @__PURE__ */ stage")
        );
        return {contents, loader: "ts"};
      });
    }
  };
}

/** A specifier ends in `.js` and may mean a `.ts` file. */
const existing = (path: string) => [path, path.replace(/\.js$/, ".ts")].find((file) => isFile(file));
const isFile = (path: string) => statSync(path, {throwIfNoEntry: false})?.isFile() ?? false;

const stagesOf = (file: string) =>
  isCode(file) ? [...readFileSync(file, "utf8").matchAll(declaration)].map((match) => match[1]) : [];

/**
 * Whether all that one file imports from another are stages; a helper, on the contrary, belongs to the importer's code.
 */
function importsOnlyStages(importer: string, file: string): boolean {
  const stages = stagesOf(file);
  const source = readFileSync(importer, "utf8");
  const clauses = [...source.matchAll(/^(?:import|export)\s+([^"';]*?)\s+from\s+["'](\.[^"']*)["']/gm)]
    .filter(([, clause, path]) => !clause.startsWith("type ") && existing(resolve(dirname(importer), path)) === file)
    .map(([, clause]) => clause);
  const names = clauses.flatMap((clause) => clause.replace(/[{}]/g, "").split(",")).filter(isValue);
  return names.length > 0 && names.every((name) => stages.includes(name.trim().split(/\s+as\s+/)[0]));
}

const isValue = (name: string) => name.trim() !== "" && !name.trim().startsWith("type ");

function packagesOf(metafile: Metafile, file: string): Record<string, string> {
  const names = metafile.inputs[file].imports
    .filter(({external, path}) => external && path !== "pipeline" && !path.startsWith("stages:"))
    .map(({path}) => packageName(path))
    .filter((name) => name !== undefined);
  return Object.fromEntries(names.map((name) => [name, packageVersion(name, resolve(root, dirname(file)))]));
}

function assetsOf(file: string): string[] {
  if (!isCode(file)) return [];
  const found = [...readFileSync(file, "utf8").matchAll(asset)].map(([, , path]) =>
    existing(resolve(dirname(file), path))
  );
  return found.filter((path) => path !== undefined && dirname(path) !== pipelineFolder) as string[];
}

async function hashFiles(files: string[]): Promise<Record<string, string>> {
  const {transform} = await import("esbuild");
  const hashOf = async (file: string) => {
    const text = readFileSync(resolve(root, file), isCode(file) ? "utf8" : "base64");
    if (!isCode(file)) return hash(text);
    const {code} = await transform(text, {...minified, loader: "ts", legalComments: "none", logLevel: "silent"});
    return hash(code);
  };
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, await hashOf(file)])));
}
