import {join} from "node:path";
import type {Browser, Page} from "playwright-core";
import {accessibilityFaults, keyboardFaults, visibleFaults} from "./faults.js";
import {looks, type Look} from "./looks.js";
import {follow, type Traffic} from "./traffic.js";
import {weigh, weightLimit, type Weight} from "./weight.js";

/** What a page was like. */
export interface Visit {
  /** A line each. */
  problems: string[];
  weight: Weight;
  /** Seconds from the request for the page until its last cell had run. */
  interactive: number;
  /** Where its links lead within the site, those that scripts made too. */
  links: string[];
  /** What a link can lead to on it. */
  ids: string[];
}

const patience = 20_000; // ms for a page's cells to finish

/** Waits for every cell, for the requests that they make and for what they draw. */
async function settle(page: Page, {pending}: Traffic): Promise<string[]> {
  const idle = () =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done, {timeout: 2000}))));
  const end = Date.now() + patience;
  do {
    if (Date.now() > end) return ["is still loading"];
    await idle();
  } while (pending() > 0 || (await page.locator("observablehq-loading").count()) > 0);
  return [];
}

/** Scrolls a page from top to bottom, so that what waits to be seen is loaded. */
const scrollThrough = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
      scrollTo(0, top);
      await new Promise(requestAnimationFrame);
    }
    scrollTo(0, 0);
  });

/** When the last cell of a page that is being opened has run, in seconds since the request for it. */
async function whenInteractive(page: Page): Promise<number> {
  const ready = () => !document.querySelector("observablehq-loading") && performance.now();
  const handle = await page.waitForFunction(ready, null, {timeout: patience}).catch(() => null);
  return handle ? Number(await handle.jsonValue()) / 1000 : Infinity;
}

/** The links of a page to its own site, and the ids of its elements. */
const anchors = (page: Page, origin: string): Promise<Pick<Visit, "links" | "ids">> =>
  page.evaluate(
    (origin) => ({
      links: [...document.querySelectorAll<HTMLAnchorElement>("a[href]")]
        .filter(({href}) => href.startsWith(`${origin}/`))
        .map(({href}) => href),
      ids: [...document.querySelectorAll("[id]")].map(({id}) => id)
    }),
    origin
  );

async function inspect(page: Page, traffic: Traffic, look: Look): Promise<string[]> {
  const unsettled = await settle(page, traffic);
  return [
    ...traffic.take(),
    ...unsettled,
    ...(await visibleFaults(page, look)),
    ...(await accessibilityFaults(page, look)),
    ...(look === looks[0] ? await keyboardFaults(page) : [])
  ];
}

async function picture(page: Page, file: string, {name, media}: Look): Promise<void> {
  if (media === "print") await page.pdf({path: `${file}.pdf`, format: "A4", printBackground: true});
  else await page.screenshot({path: `${file}-${name.replace(" ", "-")}.png`, fullPage: true});
}

/** Opens a page of a site and looks at it in every way; keeps pictures in a folder if one is given. */
export async function visit(browser: Browser, origin: string, path: string, folder?: string): Promise<Visit> {
  const context = await browser.newContext({viewport: looks[0], colorScheme: "light"});
  try {
    const page = await context.newPage();
    const traffic = follow(page, origin);
    await page.goto(`${origin}/${path}`, {waitUntil: "domcontentloaded"});
    const interactive = await whenInteractive(page);
    await settle(page, traffic);
    const weight = await weigh([...traffic.responses]);
    const problems =
      weight.content > weightLimit ? [`${path} weighs ${kilobytes(weight.content)} before anybody touches it`] : [];
    await scrollThrough(page);
    for (const look of looks) {
      await page.setViewportSize(look);
      await page.emulateMedia({colorScheme: look.colorScheme, media: look.media ?? "screen"});
      problems.push(...(await inspect(page, traffic, look)).map((problem) => `${path} (${look.name}) ${problem}`));
      if (folder) await picture(page, join(folder, path.replace(/\.html$/, "").replaceAll("/", "-")), look);
    }
    return {problems, weight, interactive, ...(await anchors(page, origin))};
  } finally {
    await context.close();
  }
}

/** "212 kB" */
export const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;
