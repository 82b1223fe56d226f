import {existsSync, rmSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {findPages} from "./built-site.js";
import type {Layout} from "./layout.js";

interface Config {
  pages?: {path: string}[];
  dynamicPaths?: string[];
}

/**
 * The pages of a built site that its configuration lists neither for the sidebar nor as dynamic paths, but for the home
 * page.
 */
export function unlistedPages(built: readonly string[], {pages = [], dynamicPaths = []}: Config): string[] {
  const listed = new Set([
    "index.html",
    ...[...pages.map(({path}) => path), ...dynamicPaths].map((path) => `${path.slice(1)}.html`)
  ]);
  return built.filter((page) => !listed.has(page));
}

/**
 * Takes the pages that its configuration does not list out of a built site: Framework builds every one that there is.
 */
export async function dropUnlisted({root, staging}: Pick<Layout, "root" | "staging">): Promise<void> {
  const path = join(root, "observablehq.config.ts");
  if (!existsSync(path)) return;
  const {default: config} = (await import(pathToFileURL(path).href)) as {default: Config};
  if (!config.pages?.length) return;
  for (const page of unlistedPages(findPages(staging), config)) rmSync(join(staging, page));
}
