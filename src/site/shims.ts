import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import type {Params} from "./artifact.js";

/** A file of at most three lines under `docs` that hands a loader's artifact to Framework. */
export interface Shim {
  /** The shim's path. */
  path: string;
  /** What the pages call its output, relative to `docs`: `data/summary.json`, or `data/[run].json` with a parameter. */
  target: string;
}

/** All files under a folder of pages, relative to it, except those that Framework keeps there. */
const files = (folder: string): string[] =>
  readdirSync(folder, {withFileTypes: true})
    .filter(({name}) => name !== ".observablehq")
    .flatMap((entry) =>
      entry.isDirectory() ? files(join(folder, entry.name)).map((file) => `${entry.name}/${file}`) : [entry.name]
    );

/** The pages and components under a folder, relative to it. */
export const pageSources = (docs: string): string[] =>
  files(docs).filter((file) => file.endsWith(".md") || /^[^.]+\.ts$/.test(file));

/** The shims under a folder of pages: `name.ext.ts`, which neither a component (`name.ts`) nor a declaration is. */
export function findShims(docs: string): Shim[] {
  return files(docs)
    .filter((file) => /\.\w+\.ts$/.test(file) && !file.endsWith(".d.ts"))
    .sort()
    .map((file) => ({path: join(docs, file), target: file.slice(0, -".ts".length)}));
}

/**
 * Every file that a page or component attaches by a literal name, relative to `docs`, and where. A page with parameters
 * attaches what it names with `observable.params` once for each of its routes ("/network-xception").
 */
export function findAttachments(docs: string, routes: readonly string[] = []): {name: string; by: string}[] {
  return pageSources(docs).flatMap((by) =>
    [...readFileSync(join(docs, by), "utf8").matchAll(/\bFileAttachment\(\s*(["'`])([^"'`]+)\1\s*\)/g)]
      .flatMap(([, , name]) => (name.includes("${") ? expand(name, by, routes) : [name]))
      .map((name) => ({name: join("/", by, "..", name).slice(1), by}))
  );
}

/** A name with the parameters of each route that a page serves in place of `${observable.params.NAME}`. */
function expand(name: string, page: string, routes: readonly string[]): string[] {
  const served = routes.map((route) => matchTarget(page.replace(/\.md$/, ""), route.replace(/^\//, "")));
  return served
    .filter((params) => params !== undefined)
    .map((params) => name.replace(/\$\{observable\.params\.(\w+)\}/g, (_, param: string) => params[param]));
}

/** The parameters with which a shim makes a file, or undefined if it does not make it. */
export function matchTarget(target: string, file: string): Params | undefined {
  const pattern = target
    .split(/\[(\w+)\]/)
    .map((part, i) => (i % 2 ? `(?<${part}>[^/]+)` : part.replace(/[.*+?^${}()|\\]/g, "\\$&")));
  const match = new RegExp(`^${pattern.join("")}$`).exec(file);
  return match ? {...match.groups} : undefined;
}
