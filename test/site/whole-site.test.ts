import assert from "node:assert/strict";
import {existsSync} from "node:fs";
import {after, before, describe, test} from "node:test";
import type {Browser, Page} from "playwright-core";
import {checkSite} from "../../src/site/check.js";
import {findChromium, launchChromium} from "../../src/site/chromium.js";
import {serve} from "../../src/site/serve.js";
import {fromRoot} from "../../src/lib/support/paths.js";

const site = fromRoot("dist");
const skip = !existsSync(fromRoot("dist/index.html"))
  ? "there is no built site: npm run build"
  : findChromium()
    ? false
    : "there is no Chromium on this machine";

describe("the built report", {skip, timeout: 1_800_000}, () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;
  let page: Page;
  before(async () => {
    [browser, server] = [await launchChromium(), await serve(site)];
    page = await browser.newPage({viewport: {width: 1280, height: 900}});
  });
  after(() => Promise.all([browser?.close(), server?.close()]));

  test("every page is sound from a telephone to 4K, by day and by night, on paper, and light enough", async () => {
    assert.deepEqual(await checkSite(site), []);
  });

  test("the first Tab shows a link past the navigation, and it leads to the text", async () => {
    await page.goto(`${server.origin}/reproduce.html`);
    await page.keyboard.press("Tab");
    const skipLink = page.locator("#skip-link");
    assert.ok(await skipLink.evaluate((link) => link === document.activeElement), "the link has the focus");
    const box = await skipLink.boundingBox();
    assert.ok(box && box.x >= 0 && box.y >= 0 && box.height > 10, "the link is on the screen");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement?.closest("main")), "the next stop lies in the text");
  });

  test("the search finds every page by its title", async () => {
    await page.goto(server.origin);
    const links = page.locator("#observablehq-sidebar > ol a[href^='./']:not([href='./'])");
    const titles = (await links.allInnerTexts()).filter(Boolean);
    assert.ok(titles.includes("Reproduce"), titles.join());
    for (const title of titles) {
      await page.getByRole("searchbox").fill(title);
      const found = page.locator("#observablehq-search-results a", {hasText: title});
      await found.first().waitFor({timeout: 10_000});
    }
  });

  test("the two versions that are compared can be chosen", async (t) => {
    await page.goto(`${server.origin}/reproduce.html#versions`);
    await page.locator("#figure-packages").waitFor();
    const from = page.getByLabel("From", {exact: true});
    if (!(await from.count())) return t.skip("the site was built from a history without versions");
    const title = page.locator("#figure-changes .figure-title");
    const to = (await page.getByLabel("To", {exact: true}).locator("option").allInnerTexts())[0];
    await from.selectOption({label: to});
    await page.waitForFunction(() =>
      document.querySelector("#figure-changes .figure-title")?.textContent?.startsWith("No published result differs")
    );
    assert.match(await title.innerText(), /from this version to this version/);
  });
});
