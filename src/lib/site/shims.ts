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

const files = (folder: string): string[] =>
  readdirSync(folder, {withFileTypes: true})
    .filter(({name}) => name !== ".observablehq")
    .flatMap((entry) =>
      entry.isDirectory() ? files(join(folder, entry.name)).map((file) => `${entry.name}/${file}`) : [entry.name]
    );

/** The shims under a folder of pages: `name.ext.ts`, which neither a component (`name.ts`) nor a declaration is. */
export function findShims(docs: string): Shim[] {
  return files(docs)
    .filter((file) => /\.\w+\.ts$/.test(file) && !file.endsWith(".d.ts"))
    .sort()
    .map((file) => ({path: join(docs, file), target: file.slice(0, -".ts".length)}));
}

/** Every file that a page or component attaches by a literal name, relative to `docs`, and where. */
export function findAttachments(docs: string): {name: string; by: string}[] {
  return files(docs)
    .filter((file) => file.endsWith(".md") || /^[^.]+\.ts$/.test(file))
    .flatMap((by) =>
      [...readFileSync(join(docs, by), "utf8").matchAll(/\bFileAttachment\(\s*(["'`])([^"'`$]+)\1\s*\)/g)].map(
        ([, , name]) => ({name: join("/", by, "..", name).slice(1), by})
      )
    );
}

/** The parameters with which a shim makes a file, or undefined if it does not make it. */
export function matchTarget(target: string, file: string): Params | undefined {
  const pattern = target
    .split(/\[(\w+)\]/)
    .map((part, i) => (i % 2 ? `(?<${part}>[^/]+)` : part.replace(/[.*+?^${}()|\\]/g, "\\$&")));
  const match = new RegExp(`^${pattern.join("")}$`).exec(file);
  return match ? {...match.groups} : undefined;
}
