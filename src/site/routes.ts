import {existsSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import type {Layout} from "./layout.js";

/** The paths of pages with parameters and of exported files, as the configuration lists them: "/network-xception". */
export async function dynamicPaths({root}: Layout): Promise<string[]> {
  const path = join(root, "observablehq.config.ts");
  if (!existsSync(path)) return [];
  const {default: config} = (await import(pathToFileURL(path).href)) as {default: {dynamicPaths?: string[]}};
  return config.dynamicPaths ?? [];
}
