import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {test} from "node:test";
import {buildSite} from "../../src/site/build.js";
import {checkSite} from "../../src/site/check.js";
import {findChromium, launchChromium} from "../../src/site/chromium.js";
import {serve} from "../../src/site/serve.js";
import {mulberry32} from "../../src/lib/measures/random.js";
import {fromRoot} from "../../src/lib/support/paths.js";
import type {FilmArtifact, MapArtifact} from "../../src/report/map/artifact.js";
import type {StudyArtifact} from "../../src/report/study/artifact.js";
import {classes, mapArtifact, source, study, summary} from "../components/fixtures.js";
import {configuration, project} from "./project.js";

const skip = findChromium() ? false : "there is no Chromium on this machine";
const count = 40;
const random = mulberry32(1);
const each = <T>(value: (i: number) => T) => Array.from({length: count}, (_, i) => value(i));
const anywhere = () => each(() => Math.round(999 * (2 * random() - 1)));

const plane = () => ({...mapArtifact.pca, x: anywhere(), y: anywhere()});
const map: MapArtifact = {
  ...mapArtifact,
  seeds: [null, 1],
  row: each((i) => i),
  actual: each((i) => i % 4),
  predicted: each((i) => (i === 3 ? 0 : i % 4)),
  probabilities: each((i) => classes.map((_, c) => (c === i % 4 ? 0.7 : 0.1))),
  numbering: each((i) => (i % 3) - 1),
  maps: [50, 5].flatMap((perplexity) => [null, 1].map((seed) => ({...plane(), perplexity, seed, kl: 1}))),
  pca: plane(),
  stability: [each(() => 50), each((i) => i)],
  neighbours: each((i) => [(i + 1) % count, (i + 2) % count])
};
const frame = Buffer.from(Array.from({length: 2 * count}, () => 1 + Math.floor(255 * random()))).toString("base64");
const film: FilmArtifact = {run: "a", perplexity: 50, every: 25, frames: [frame, frame], source};
const theStudy: StudyArtifact = study([
  summary("a", "imagenet"),
  summary("b", "random", {available: false}),
  summary("c", "random")
]);

/** The page with its components as they are, over files that stand for the loaders' outputs. */
function siteFiles(): Record<string, string> {
  const copied = ["docs/map.md", "docs/style.css"];
  const components = readdirSync(fromRoot("docs/components"), {recursive: true, encoding: "utf8"})
    .filter((name) => /\.\w+$/.test(name))
    .map((name) => `docs/components/${name}`);
  const files = Object.fromEntries(
    [...copied, ...components].map((path) => [path, readFileSync(fromRoot(path), "utf8")])
  );
  return {
    ...files,
    "observablehq.config.ts": configuration().replace(
      "  pages: [],\n",
      '  pages: [],\n  dynamicPaths: ["/runs/map/a.json", "/runs/map/c.json", "/runs/film/a.json", ' +
        '"/runs/film/c.json"],\n'
    ),
    "package.json": '{"type": "module", "version": "1.2.3"}',
    "docs/runs/map/a.json": JSON.stringify({map}),
    "docs/runs/film/a.json": JSON.stringify({film}),
    "docs/runs/map/c.json": JSON.stringify({map: {...map, title: "Another run"}}),
    "docs/runs/film/c.json": JSON.stringify({film}),
    "docs/data/fonts.css": "",
    "docs/data/study.json": JSON.stringify(theStudy),
    "docs/data/images.json": JSON.stringify({present: false, cell: 96, columns: 25, row: map.row}),
    "docs/data/images.jpg": ""
  };
}

test("the map can be stepped through, drawn around and read by keyboard", {skip, timeout: 240_000}, async (t) => {
  const site = project(t, siteFiles());
  await buildSite({root: site.root, log: () => {}});
  assert.deepEqual(await checkSite(site.dist, {only: "map"}), []);
  const [browser, server] = [await launchChromium(), await serve(site.dist)];
  t.after(async () => {
    await browser.close();
    await server.close();
  });
  const page = await browser.newPage({viewport: {width: 1280, height: 1000}, reducedMotion: "reduce"});
  const errors: string[] = [];
  page.on("pageerror", ({message}) => errors.push(message));
  await page.goto(`${server.origin}/map.html`);
  const frame = page.locator(".map-frame").first();
  const heading = (text: string) => page.locator(".panel-heading", {hasText: text}).waitFor();

  await page.locator(".figure-title", {hasText: "perplexity 50"}).waitFor();
  await page.getByLabel("Perplexity", {exact: true}).press("Home");
  await page.locator(".figure-title", {hasText: "perplexity 5,"}).waitFor();

  const {x, y, width, height} = (await frame.boundingBox())!;
  await page.mouse.move(x + 2, y + 2);
  await page.mouse.down();
  for (const [right, down] of [
    [width - 2, 2],
    [width - 2, height - 2],
    [2, height - 2]
  ]) {
    await page.mouse.move(x + right, y + down, {steps: 3});
  }
  await page.mouse.up();
  await heading(
    `${count} images selected: 10 COVID-19, 10 viral, 10 bacterial, 10 normal; 97.5% (39/40) predicted right`
  );

  await frame.press("Escape");
  await heading("No image is selected");
  await frame.press("ArrowRight");
  await heading("Row 0 and its nearest neighbours in the features");
  assert.equal(await frame.getByRole("status").textContent(), "Row 0: COVID-19, predicted COVID-19");
  await frame.press("ArrowDown");
  await frame.press("Space");
  await heading("1 image selected");

  await page.getByText("Watch the optimisation").click();
  await page.getByLabel("Iteration (perplexity 50)").press("End");
  assert.equal(await page.locator(".film-player output").textContent(), "50");

  await page.getByLabel("Run").selectOption("c");
  await page.locator(".figure-title", {hasText: "Another run"}).waitFor();
  assert.deepEqual(errors, []);
});
