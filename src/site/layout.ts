import {join} from "node:path";
import {root as repository} from "../lib/support/paths.js";

/** Where the parts of a site lie. */
export interface Layout {
  root: string;
  /** The pages, their components and the shims of the loaders. */
  docs: string;
  /** What Framework takes as the loaders' outputs and as downloaded packages. */
  cache: string;
  /** A site being built, before it replaces `dist`. On the same disk, so that it can be renamed. */
  staging: string;
  dist: string;
}

/** The layout of the project in a folder; by default this repository. */
export function layout(root = repository): Layout {
  const docs = join(root, "docs");
  return {
    root,
    docs,
    cache: join(docs, ".observablehq/cache"),
    staging: join(docs, ".observablehq/site"),
    dist: join(root, "dist")
  };
}
