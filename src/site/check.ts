import {existsSync} from "node:fs";
import {join} from "node:path";
import {UserError} from "../lib/support/errors.js";
import {makeFolder} from "../lib/support/files.js";
import {findPages} from "./built-site.js";
import {deadLinks} from "./dead-links.js";
import {launchChromium} from "./chromium.js";
import {layout} from "./layout.js";
import {serve} from "./serve.js";
import {kilobytes, visit, type Visit} from "./visit.js";

/** What is looked at, and what is kept. */
export interface CheckOptions {
  /** A folder for pictures of every page in every look, and a PDF of its print. */
  screenshots?: string;
  /** Only pages whose path contains this. */
  only?: string;
  log?: (line: string) => void;
}

const describe = ({weight: {content, fonts, images}, interactive, problems}: Visit) =>
  `${kilobytes(content).padStart(7)} and ${kilobytes(fonts)} of fonts, ${kilobytes(images)} of images; ` +
  `interactive after ${interactive.toFixed(2)} s; ${problems.length ? `${problems.length} problems` : "fine"}`;

/**
 * Opens every page of a built site in Chromium and looks at it wide and narrow, by day and by night, and as it prints.
 * Returns what is wrong, a line each: console errors, requests that fail or leave the site, error cells, cells that
 * never finish, dead links, empty figures, horizontal overflow, accessibility, controls that the keyboard does not
 * reach, too much to load.
 * Throws `UserError` when there is no Chromium.
 */
export async function checkSite(site: string, {screenshots, only = "", log}: CheckOptions = {}): Promise<string[]> {
  const browser = await launchChromium();
  const {origin, close} = await serve(site);
  if (screenshots) makeFolder(screenshots);
  const problems: string[] = [];
  const pages = new Map<string, Visit>();
  try {
    for (const path of findPages(site).filter((page) => page.includes(only))) {
      const visited = await visit(browser, origin, path, screenshots);
      log?.(`${path.padEnd(32)} ${describe(visited)}`);
      problems.push(...visited.problems);
      pages.set(path, visited);
    }
  } finally {
    await browser.close();
    await close();
  }
  return [...problems, ...deadLinks(site, pages)];
}

/** `npm run check`: opens the pages of `dist` and prints what is wrong. Returns the exit code: 1 if anything is. */
export async function check({root, ...options}: CheckOptions & {root?: string} = {}): Promise<number> {
  const {dist} = layout(root);
  if (!existsSync(join(dist, "index.html")))
    throw new UserError("There is no built site.", {hint: "Run npm run build first."});
  const problems = await checkSite(dist, {log: console.error, ...options});
  for (const problem of problems) console.error(problem);
  console.error(problems.length ? `${problems.length} problems` : "Every page is fine.");
  return problems.length ? 1 : 0;
}
