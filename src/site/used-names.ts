import {transform} from "esbuild";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {pageSources} from "./shims.js";

/** What is taken from a package: names that it exports, or "all" where they cannot be told. */
export type UsedNames = readonly string[] | "all";

const importing =
  /\bimport\s*(?:\*\s*as\s+(?<namespace>\w+)|\{(?<names>[^}]*)\})\s*from\s*["'](?<from>[^"'\n]+)["'];?/g;

/** The exports of one package that a script takes. Anything but plain imports and `Namespace.name` counts as all. */
function usedIn(script: string, name: string): UsedNames {
  const imports = [...script.matchAll(importing)].map(
    ({0: text, groups}) => ({text, ...groups}) as Record<string, string>
  );
  const taken = imports.filter(({from}) => from === name);
  const rest = imports.reduce((text, {text: statement}) => text.replace(statement, ""), script);
  const otherwise = new RegExp(`\\b(import|from)\\b\\s*\\(?\\s*["'\`]${name}["'\`]`);
  if (otherwise.test(rest)) return "all";
  const used = taken.map(({namespace, names}): UsedNames => {
    if (!namespace) return names.split(",").flatMap((one) => one.trim().split(/\s+as\s+/)[0] || []);
    const mentions = [
      ...rest.matchAll(new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${namespace}\\b(?:\\s*\\.\\s*(\\w+))?`, "g"))
    ];
    return mentions.every(([, member]) => member) ? mentions.map(([, member]) => member) : "all";
  });
  return used.includes("all") ? "all" : (used as string[][]).flat();
}

/** Which exports of each package the pages and components in a folder take, sorted. Types are not counted. */
export async function usedNames(docs: string, packages: readonly string[]): Promise<Map<string, UsedNames>> {
  const scripts = await Promise.all(
    pageSources(docs).map(async (file) => {
      const text = readFileSync(join(docs, file), "utf8");
      return file.endsWith(".md") ? text : (await transform(text, {loader: "ts"})).code;
    })
  );
  return new Map(
    packages.map((name) => {
      const used = scripts.map((script) => usedIn(script, name));
      return [name, used.includes("all") ? "all" : [...new Set(used.flat())].sort()];
    })
  );
}
