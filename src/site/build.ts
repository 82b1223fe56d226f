import {existsSync, readFileSync, renameSync, rmSync} from "node:fs";
import {join} from "node:path";
import {UserError} from "../lib/support/errors.js";
import {explainWriteError, writeAtomic} from "../lib/support/files.js";
import type {OnProgress} from "../lib/support/progress.js";
import {findBroken, findPages} from "./built-site.js";
import {accessibleChrome} from "./chrome.js";
import {frameworkBuild} from "./framework.js";
import {layout as layoutOf, type Layout} from "./layout.js";
import {runLoaders, type LoaderOutput} from "./loaders.js";
import {dynamicPaths} from "./routes.js";
import {findAttachments, findShims, matchTarget} from "./shims.js";
import {dropUnlisted} from "./unlisted.js";
import {vendor} from "./vendor.js";

/** How a build is reported, and where it happens. */
export interface BuildOptions {
  /** The project's folder; by default this repository. */
  root?: string;
  /** Receives a line for each step. */
  log?: (line: string) => void;
  /** Receives how many artifacts are made. */
  onProgress?: OnProgress;
}

/** Attached files that neither lie under the pages nor come from a loader; Framework's own message names no page. */
async function missingAttachments(layout: Layout): Promise<string[]> {
  const {docs} = layout;
  const shims = findShims(docs);
  const made = (name: string) =>
    shims.some(
      ({target}) => matchTarget(target, name) ?? matchTarget(target, `${name.split("/").slice(0, -1).join("/")}.tar`)
    );
  return findAttachments(docs, await dynamicPaths(layout))
    .filter(({name}) => !existsSync(join(docs, name)) && !made(name))
    .map(({name, by}) => `${by} attaches ${name}, which neither exists nor has a loader`);
}

function refuse(problems: string[], hint: string): void {
  if (problems.length) throw new UserError(`The site is broken:\n${problems.map((p) => `  ${p}`).join("\n")}`, {hint});
}

/** Makes the pages of a new site accessible, and refuses it if anything in it is broken. */
async function finish(site: string): Promise<void> {
  for (const page of findPages(site)) {
    const path = join(site, page);
    writeAtomic(path, accessibleChrome(readFileSync(path, "utf8")));
  }
  refuse(await findBroken(site), "Correct the page; dist was left as it was.");
}

/** Puts the finished site in the place of the old one, which comes back if that fails. */
function swap({staging, dist}: Layout): void {
  const old = `${staging}-old`;
  rmSync(old, {recursive: true, force: true});
  try {
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(staging, dist);
  } catch (error) {
    if (!existsSync(dist) && existsSync(old)) renameSync(old, dist);
    throw explainWriteError(error, dist);
  }
  rmSync(old, {recursive: true, force: true});
}

/**
 * Builds the site into `dist`, without a network: packages, loaders, pages, accessibility, checks. `dist` is replaced
 * at the very end, and stays as it was if anything fails. Throws `UserError` when a loader or a page is at fault.
 */
export async function buildSite({root, log = console.error, onProgress}: BuildOptions = {}): Promise<void> {
  const layout = layoutOf(root);
  const start = performance.now();
  const report = (name: string, detail: string, seconds: number) =>
    log(`${name.padEnd(9)} ${detail.padEnd(32)} ${seconds.toFixed(1).padStart(5)} s`);
  async function step(name: string, work: () => Promise<string>): Promise<void> {
    const begin = performance.now();
    const detail = await work();
    report(name, detail, (performance.now() - begin) / 1000);
  }
  const onOutput = ({name, bytes, seconds}: LoaderOutput, done: number, total: number) => {
    report("", `${name} ${(bytes / 1000).toFixed(0).padStart(Math.max(1, 28 - name.length))} kB`, seconds);
    onProgress?.({done, total, unit: "artifacts"});
  };

  refuse(
    await missingAttachments(layout),
    "Correct the name, or add a shim under docs/data and its loader in src/loaders."
  );
  await step("packages", async () => ((await vendor(layout)) ? "bundled for the browser" : "unchanged"));
  await step("loaders", async () => `${(await runLoaders(layout, onOutput)).length} artifacts`);
  await step("pages", async () => {
    rmSync(layout.staging, {recursive: true, force: true});
    await frameworkBuild(layout);
    await dropUnlisted(layout);
    return `${findPages(layout.staging).length} pages`;
  });
  await step("checks", async () => {
    await finish(layout.staging);
    return "nothing broken";
  });
  swap(layout);
  report("built", "dist", (performance.now() - start) / 1000);
}
