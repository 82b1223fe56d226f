import {createRequire} from "node:module";
import type Axe from "axe-core";
import type {Page} from "playwright-core";
import type {Look} from "./looks.js";

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

// A function that runs in the page may not name functions: esbuild would wrap them in a helper that the page lacks.
const drawn = "svg :is(path, rect, circle, line, image), canvas, img, [role=img], tbody tr, input";

/**
 * Figures that draw nothing, and figures with a number that does not exist in their drawing. A caption alone may stand.
 */
async function figureFaults(page: Page): Promise<string[]> {
  const figures = page.locator("main figure:not(:has(> figcaption:only-child))");
  const empty = await figures.evaluateAll(
    (all, drawn) => all.filter((f) => !f.querySelector(drawn) || f.clientHeight < 10).map(({id}) => id),
    drawn
  );
  const broken = await figures.evaluateAll((all) =>
    all.filter((f) => /="[^"]*\bNaN\b/.test(f.querySelector("svg")?.outerHTML ?? "")).map(({id}) => id)
  );
  return [...empty.map((id) => `${id || "a figure"} is empty`), ...broken.map((id) => `${id || "a figure"} draws NaN`)];
}

/**
 * What can be seen to be wrong: cells that failed, empty figures, what is wider than the page or should not be printed.
 */
export async function visibleFaults(page: Page, {media}: Look): Promise<string[]> {
  const cells = await page.locator(".observablehq--error").allInnerTexts();
  const undefinedCells = await page.locator("main .observablehq--undefined").count();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth
  );
  const around = page.locator("#observablehq-sidebar:visible, #observablehq-toc:visible");
  return [
    ...cells.map((text) => `error cell: ${text}`),
    ...(undefinedCells ? [`${undefinedCells} cells show "undefined"`] : []),
    ...(overflow > 0 ? [`is ${overflow} px too wide`] : []),
    ...(await figureFaults(page)),
    ...(media === "print" && (await around.count()) ? ["prints the navigation"] : [])
  ];
}

/** Faults of accessibility that axe-core calls serious or critical. */
export async function accessibilityFaults(page: Page, {accessibility}: Look): Promise<string[]> {
  if (!accessibility) return [];
  if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({path: axePath});
  const violations = await page.evaluate(
    async (rules) => {
      const {axe} = window as unknown as {axe: typeof Axe};
      const {violations} = await axe.run(document, {resultTypes: ["violations"], ...(rules && {runOnly: rules})});
      return violations.map(({id, impact, nodes}) => ({
        id,
        impact,
        targets: nodes.slice(0, 3).map(({target, any}) => `${target.join(" ")} (${any[0]?.message ?? ""})`),
        count: nodes.length
      }));
    },
    accessibility === "contrast" ? ["color-contrast"] : undefined
  );
  return violations
    .filter(({impact}) => impact === "serious" || impact === "critical")
    .map(({id, impact, targets, count}) => `axe ${impact}: ${id}, ${count} times: ${targets.join("; ")}`);
}

const controls = "a[href], button, input, select, textarea, summary, [tabindex='0']";
const enough = 25;

/** The first controls of the text that the Tab key does not reach from where the text begins. */
export async function keyboardFaults(page: Page): Promise<string[]> {
  const expected = await page.evaluate(
    ([selector, limit]) => {
      const main = document.querySelector("main")!;
      const reachable = [...main.querySelectorAll<HTMLInputElement>(selector)]
        .filter((element) => element.checkVisibility({visibilityProperty: true}) && !element.disabled)
        .filter(({type, checked}) => type !== "radio" || checked) // one stop for a group
        .filter((element) => element.tabIndex >= 0 || !element.closest("[data-roving]")) // nor more for a table
        .slice(0, limit);
      for (const element of reachable) element.dataset.unreached = "";
      main.addEventListener("focusin", ({target}) => delete (target as HTMLElement).dataset.unreached);
      main.tabIndex = -1;
      main.focus();
      return reachable.length;
    },
    [controls, enough] as const
  );
  // What opens at a control may hold a stop of its own.
  for (let pressed = 0; pressed < 2 * expected + 5; ++pressed) await page.keyboard.press("Tab");
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("[data-unreached]")].map(
      ({outerHTML}) => `the keyboard does not reach ${outerHTML.slice(0, 80)}`
    )
  );
}
