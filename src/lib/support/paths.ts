import {dirname, join, resolve} from "node:path";
import {fileURLToPath} from "node:url";

/** The repository's root folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

const setting = (name: string, fallback: string) => resolve(root, process.env[name] || fallback);

/** Where things lie. Each is a function so that tests and commands may set the environment variable first. */
export const directories = {
  /** The content-addressed store, checkpoints, libtensorflow and downloaded weights. */
  cache: () => setting("CACHE_DIR", ".cache"),
  /** COVIDx as its publishers lay it out: `train_split.txt`, `test_split.txt`, image folders. */
  covidx: () => setting("COVIDX_DIR", "data/raw/covidx"),
  /** Images for external validation. */
  external: () => setting("EXTERNAL_DIR", "data/raw/external"),
  /** ImageNet weight files as published. */
  weights: () => setting("WEIGHTS_DIR", ".cache/weights"),
  /** Numeric results under version control. */
  published: () => setting("PUBLISHED_DIR", "data/published")
};

/** Joins a path to the repository's root. */
export const fromRoot = (...parts: string[]) => join(root, ...parts);
