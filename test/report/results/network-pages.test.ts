import assert from "node:assert/strict";
import {test} from "node:test";
import {modelIds} from "../../../src/lib/models/registry.js";
import {networkPages, pageOf} from "../../../src/report/results/network-pages.js";
import {study} from "../../../src/study.js";

test("every network has a page of its own, whose name is no file's", () => {
  const pages = modelIds.map(pageOf);
  assert.equal(new Set(pages).size, pages.length);
  for (const page of pages) assert.match(page, /^[a-z0-9-]+$/);
});

test("a network with several runs has one page", () => {
  const [run] = study.runs;
  assert.deepEqual(networkPages({runs: [run, {...run, id: "again", seed: 2}]}), [
    {model: run.model, page: pageOf(run.model)}
  ]);
  assert.equal(pageOf("mobilenetv2_0.35"), "mobilenetv2-0-35");
});
