import {readFileSync} from "node:fs";
import {isBuiltin} from "node:module";
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
