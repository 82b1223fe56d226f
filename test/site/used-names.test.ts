import assert from "node:assert/strict";
import {test} from "node:test";
import {usedNames} from "../../src/site/used-names.js";
import {project} from "./project.js";

const fence = (code: string) => `\n\`\`\`js\n${code}\n\`\`\`\n`;

test("pages and components take names of packages", async (t) => {
  const {docs} = project(t, {
    "docs/index.md":
      `# Home\n\nd3.nothing is not code ` +
      `here.\n${fence('import {max as most, min} from "d3";\nimport * as aq from "arquero";\naq.from([most([1])])')}`,
    "docs/components/dots.ts": `import * as Plot from "@observablehq/plot";
      import {groups, max} from "d3";
      // Plot.text is only said.
      const options: Plot.PlotOptions = {};
      export const dots = (plain: {Plot: number}) => [Plot.plot(options), Plot . dot(groups([])), max([plain.Plot])];`,
    "docs/data/rows.json.ts": 'import {bin} from "d3";\nexport default bin;'
  });
  const used = await usedNames(docs, ["d3", "arquero", "@observablehq/plot", "htl"]);
  assert.deepEqual(Object.fromEntries(used), {
    d3: ["groups", "max", "min"],
    arquero: ["from"],
    "@observablehq/plot": ["dot", "plot"],
    htl: []
  });
});

const whole = [
  'import * as d3 from "d3";\nexport const scale = (name: string) => d3[name];',
  'import * as d3 from "d3";\nexport const all = {...d3};',
  'export * from "d3";',
  'export const later = () => import("d3");',
  'import d3, {max} from "d3";\nexport default [d3, max];'
];
for (const code of whole) {
  test(`a package is taken whole by ${code.split("\n").at(-1)}`, async (t) => {
    const {docs} = project(t, {"docs/components/one.ts": code});
    assert.equal((await usedNames(docs, ["d3"])).get("d3"), "all");
  });
}
