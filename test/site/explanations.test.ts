import assert from "node:assert/strict";
import {existsSync} from "node:fs";
import {test} from "node:test";
import {findChromium, launchChromium} from "../../src/site/chromium.js";
import {serve} from "../../src/site/serve.js";
import {fromRoot} from "../../src/lib/support/paths.js";

const skip = !existsSync(fromRoot("dist/explanations.html"))
  ? "there is no built site: npm run build"
  : findChromium()
    ? false
    : "there is no Chromium on this machine";

test(
  "maps load when they come into view; the slider and the keyboard steer them",
  {skip, timeout: 60_000},
  async (t) => {
    const browser = await launchChromium();
    const {origin, close} = await serve(fromRoot("dist"));
    t.after(() => Promise.all([browser.close(), close()]));
    const page = await browser.newPage({viewport: {width: 1200, height: 800}});
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(`${origin}/explanations.html`, {waitUntil: "networkidle"});
    const asked = () => requests.filter((url) => url.includes("/cams/"));
    assert.deepEqual(asked(), []);

    const slider = page.getByRole("slider", {name: "Opacity of the maps"});
    await slider.scrollIntoViewIfNeeded();
    const overlay = page.locator("#figure-cams canvas.cam").first();
    await overlay.waitFor();
    assert.equal(asked().length, 1);
    const opacity = () => overlay.evaluate((canvas) => Number(getComputedStyle(canvas).opacity));
    assert.equal(await opacity(), 0.7);
    await slider.fill("0.25");
    assert.equal(await opacity(), 0.25);
    await slider.press("ArrowRight");
    assert.equal(await opacity(), 0.3);

    const title = page.locator("#figure-cams .figure-title");
    const before = await title.innerText();
    await page.getByLabel("True class").focus();
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction(
      (text) => document.querySelector("#figure-cams .figure-title")?.textContent !== text,
      before
    );
    const images = (text: string) => Number(/maps of ([\d,]+) test image/.exec(text)?.[1].replace(",", ""));
    assert.ok(images(await title.innerText()) < images(before), "choosing a class leaves fewer images");
  }
);
