import {existsSync, mkdirSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";
import type Axe from "axe-core";
import type {Browser, BrowserContextOptions, Page} from "playwright-core";
import {UserError} from "../support/errors.js";
import {findPages} from "./built-site.js";
import {launchChromium} from "./chromium.js";
import {layout} from "./layout.js";
import {serve} from "./serve.js";

/** What is looked at, and what is kept. */
export interface CheckOptions {
  /** A folder for pictures of every page: by day and by night, wide and narrow, and a PDF of its print. */
  screenshots?: string;
  /** Only pages whose path contains this. */
  only?: string;
  log?: (line: string) => void;
}

interface View {
  name: string;
  context: BrowserContextOptions;
}

const views: View[] = [
  {name: "desktop", context: {viewport: {width: 1280, height: 900}, colorScheme: "light"}},
  {name: "dark", context: {viewport: {width: 1280, height: 900}, colorScheme: "dark"}},
  {name: "mobile", context: {viewport: {width: 375, height: 800}, colorScheme: "light", hasTouch: true}}
];

const patience = 20_000; // ms for a page's cells to finish

/** Notes what goes wrong while a page loads: errors, and requests that fail or leave the site. */
function listen(page: Page, origin: string): string[] {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) =>
    problems.push(`failed: ${request.url()} ${request.failure()?.errorText ?? ""}`)
  );
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${origin}/`)) {
      problems.push(`leaves the site: ${request.url()}`);
    }
  });
  return problems;
}

async function settle(page: Page): Promise<string[]> {
  try {
    await page.waitForFunction(() => !document.querySelector("observablehq-loading"), null, {timeout: patience});
    await page.waitForLoadState("networkidle", {timeout: patience});
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    return [];
  } catch {
    return ["is still loading"];
  }
}

async function inspect(page: Page): Promise<string[]> {
  const cells = await page.locator(".observablehq--error").allInnerTexts();
  const undefinedCells = await page.locator("main .observablehq--undefined").count();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth
  );
  return [
    ...cells.map((text) => `error cell: ${text}`),
    ...(undefinedCells ? [`${undefinedCells} cells show "undefined"`] : []),
    ...(overflow > 0 ? [`is ${overflow} px too wide`] : [])
  ];
}

/** Faults of accessibility that axe-core calls serious or critical. */
async function accessibility(page: Page): Promise<string[]> {
  await page.addScriptTag({path: createRequire(import.meta.url).resolve("axe-core/axe.min.js")});
  const violations = await page.evaluate(async () => {
    const {axe} = window as unknown as {axe: typeof Axe};
    const {violations} = await axe.run();
    return violations.map(({id, impact, nodes}) => ({
      id,
      impact,
      targets: nodes.slice(0, 3).map(({target, any}) => `${target.join(" ")} (${any[0]?.message ?? ""})`),
      count: nodes.length
    }));
  });
  return violations
    .filter(({impact}) => impact === "serious" || impact === "critical")
    .map(({id, impact, targets, count}) => `axe ${impact}: ${id}, ${count} times: ${targets.join("; ")}`);
}

async function visit(browser: Browser, origin: string, path: string, view: View, folder?: string): Promise<string[]> {
  const context = await browser.newContext(view.context);
  try {
    const page = await context.newPage();
    const problems = listen(page, origin);
    await page.goto(`${origin}/${path.replace(/(^|\/)index\.html$|\.html$/, "$1")}`, {waitUntil: "load"});
    problems.push(...(await settle(page)), ...(await inspect(page)), ...(await accessibility(page)));
    if (folder) {
      const file = join(folder, path.replace(/\.html$/, "").replaceAll("/", "-"));
      await page.screenshot({path: `${file}-${view.name}.png`, fullPage: true});
      if (view.name === "dark") await page.pdf({path: `${file}.pdf`, format: "A4", printBackground: true});
    }
    return problems.map((problem) => `${path} (${view.name}) ${problem}`);
  } finally {
    await context.close();
  }
}

/**
 * Opens every page of a built site in Chromium: wide by day, wide by night, 375 px. Returns what is wrong, a line each:
 * console errors, requests that fail or leave the site, error cells, cells that never finish, horizontal overflow,
 * accessibility. Throws `UserError` when there is no Chromium.
 */
export async function checkSite(site: string, {screenshots, only = "", log}: CheckOptions = {}): Promise<string[]> {
  const browser = await launchChromium();
  const {origin, close} = await serve(site);
  if (screenshots) mkdirSync(screenshots, {recursive: true});
  const problems: string[] = [];
  try {
    for (const path of findPages(site).filter((page) => page.includes(only))) {
      for (const view of views) {
        const found = await visit(browser, origin, path, view, screenshots);
        log?.(`${path} ${view.name}: ${found.length ? `${found.length} problems` : "fine"}`);
        problems.push(...found);
      }
    }
  } finally {
    await browser.close();
    await close();
  }
  return problems;
}

/** `npm run check`: opens the pages of `dist` and prints what is wrong. Returns the exit code: 1 if anything is. */
export async function check({root, ...options}: CheckOptions & {root?: string} = {}): Promise<number> {
  const {dist} = layout(root);
  if (!existsSync(dist)) throw new UserError("There is no built site.", {hint: "Run npm run build first."});
  const problems = await checkSite(dist, {log: console.error, ...options});
  for (const problem of problems) console.error(problem);
  console.error(problems.length ? `${problems.length} problems` : "Every page is fine.");
  return problems.length ? 1 : 0;
}
