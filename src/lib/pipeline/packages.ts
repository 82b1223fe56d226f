import type {Plugin} from "esbuild";
import {existsSync, lstatSync, readFileSync} from "node:fs";
import {createRequire, isBuiltin} from "node:module";
import {dirname, join} from "node:path";

/** The name of the package that a bare specifier belongs to, or undefined for Node's own modules. */
export function packageName(specifier: string): string | undefined {
  if (isBuiltin(specifier)) return undefined;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

const versions = new Map<string, string>();

/** The installed version of a package as seen from a folder; "absent" when it is not installed. */
export function packageVersion(name: string, folder: string): string {
  const path = join(folder, "node_modules", name, "package.json");
  const known = versions.get(path);
  if (known !== undefined) return known;
  const version = readVersion(path) ?? (dirname(folder) === folder ? "absent" : packageVersion(name, dirname(folder)));
  versions.set(path, version);
  return version;
}

function readVersion(path: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(path, "utf8")) as {version: string}).version;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Has esbuild bundle the packages that are folders of the project itself, such as `measures`, also where packages are
 * left out: they change without their version.
 */
export const ownPackages: Plugin = {
  name: "own packages",
  setup({onResolve}) {
    onResolve({filter: /^[^./]/}, ({path, resolveDir}) => {
      const file = ownPackage(path, resolveDir);
      return file === undefined ? undefined : {path: file};
    });
  }
};

/** The file that a bare specifier means, if it is of a folder of the project that is linked into `node_modules`. */
export function ownPackage(specifier: string, folder: string): string | undefined {
  const name = packageName(specifier);
  const link = name && installed(name, folder);
  if (!link || !lstatSync(link).isSymbolicLink()) return undefined;
  const file = createRequire(join(folder, "module.js")).resolve(specifier);
  return file.includes("/node_modules/") ? undefined : file;
}

/** Where a package lies, as seen from a folder. */
function installed(name: string, folder: string): string | undefined {
  const path = join(folder, "node_modules", name);
  if (existsSync(path)) return path;
  return dirname(folder) === folder ? undefined : installed(name, dirname(folder));
}
