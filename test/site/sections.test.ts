import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {test} from "node:test";
import {sectionsFor} from "../../src/site/sections.js";
import {fromRoot} from "../../src/lib/support/paths.js";

const page = "a\n<!-- for covidx -->\nb\n<!-- for others -->\nc\n<!-- for all -->\nd";

test("what is for one dataset is left out for others, also within a paragraph", () => {
  assert.equal(sectionsFor(page, "covidx"), "a\nb\nd");
  assert.equal(sectionsFor(page, "folder"), "a\nc\nd");
  assert.equal(sectionsFor(page, "phantom"), sectionsFor(page, "folder"));
});

test("a marker for nobody is refused, and a marker within a line is none", () => {
  assert.throws(
    () => sectionsFor("<!-- for covid -->", "covidx"),
    /"<!-- for covid -->" is for nobody.*covidx, others, all/
  );
  assert.equal(sectionsFor("see <!-- for covidx --> here", "folder"), "see <!-- for covidx --> here");
});

for (const name of readdirSync(fromRoot("docs")).filter((name) => name.endsWith(".md"))) {
  test(`${name} can be read for every dataset, and its cells are whole`, () => {
    const source = readFileSync(fromRoot("docs", name), "utf8");
    for (const dataset of ["covidx", "phantom", "folder"]) {
      const fences = sectionsFor(source, dataset).match(/^(```|~~~)/gm) ?? [];
      assert.equal(fences.length % 2, 0, dataset);
    }
  });
}
