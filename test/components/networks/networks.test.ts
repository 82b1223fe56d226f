import assert from "node:assert/strict";
import {test} from "node:test";
import {text, texts} from "../dom.js";
import {describeChange, filterRows, filterTiles} from "../../../docs/components/networks/filters.js";
import {magnitude} from "../../../docs/components/shared/format.js";
import {networkStages, stageRows} from "../../../docs/components/networks/network-stages.js";
import {
  comparisonColumns,
  counted,
  describeNetworks,
  networkColumns
} from "../../../docs/components/networks/networks-table.js";
import {dataTable} from "../../../docs/components/shared/table.js";
import type {NetworksArtifact, RunFilters} from "../../../src/report/networks/artifact.js";
import {source} from "../fixtures.js";

type Network = NetworksArtifact["networks"][number];

const stage = (height: number, channels: number, share: number) => ({
  height,
  width: height,
  channels,
  depth: 3,
  parameters: 100,
  macs: share * 1e6,
  share
});

const network = (id: string, more: Partial<Network> = {}): Network => ({
  id,
  title: id,
  paper: "Somebody 2018, arXiv:1801.04381",
  paperUrl: "https://arxiv.org/abs/1801.04381",
  year: 2018,
  inputSize: 224,
  body: {parameters: 2e6, macs: 1e9},
  head: {parameters: 5e5, macs: 5e5},
  bytes: 8.1e6,
  stages: [stage(112, 64, 0.001), stage(7, 1024, 0.999)],
  weights: {file: "a.h5", url: "https://example.org/a.h5", licence: "MIT", present: true},
  source,
  ...more
});

const boxes = (element: Element) =>
  [...element.querySelectorAll("svg")].map((svg) =>
    [...svg.querySelectorAll("rect")].map((rect) =>
      Object.fromEntries(["x", "y", "width", "height"].map((name) => [name, Number(rect.getAttribute(name))]))
    )
  );

test("stages of all networks are drawn on one scale that the widest fills", () => {
  const wide = network("wide", {stages: [stage(112, 64, 0.5), stage(56, 2048, 0.5)]});
  for (const width of [340, 860]) {
    const [first, second] = boxes(networkStages([network("a"), wide], {width}));
    const perChannel = first[1].width / 1024;
    for (const [box, channels] of [
      [first[0], 64],
      [second[0], 64],
      [second[1], 2048]
    ] as const)
      assert.ok(Math.abs(box.width / channels - perChannel) < 1e-9);
    assert.deepEqual([first[0].height / 112, second[1].height / 56], [64 / 112, 64 / 112]);
    for (const {x, width: w} of [...first, ...second]) assert.ok(x >= 0 && x + w <= width);
    assert.ok(first[0].x + first[0].width < first[1].x, "blocks do not overlap");
  }
});

test("each network's picture tells its stages in words", () => {
  const [picture] = networkStages([network("a")], {width: 600}).querySelectorAll("svg");
  assert.equal(picture.getAttribute("role"), "img");
  assert.equal(picture.getAttribute("aria-label"), "Stages of a");
  assert.match(
    picture.getAttribute("aria-description") ?? "",
    /^112 × 112 pixels, up to 64 channels, 3 layers with weights, 1\.00 k MACs \(<1%\) and 7 × 7 pixels, up to 1,024/
  );
  assert.deepEqual(texts(picture, "text"), ["<1%", "112", "100%", "7"]);
  assert.equal(stageRows([network("a"), network("b")]).length, 4);
});

test("the table names paper, costs, and whether weights exist and are here", () => {
  const rows = [
    network("a"),
    network("b", {weights: null, paperUrl: undefined}),
    network("c", {weights: {...network("c").weights!, present: false}})
  ];
  const table = dataTable(networkColumns, rows, {label: "Networks"});
  assert.equal(table.querySelector("tbody a")?.getAttribute("href"), "https://arxiv.org/abs/1801.04381");
  assert.deepEqual(texts(table, "tbody tr:first-child td"), [
    "2.00 M + 500 k head",
    "1.00 G",
    "8.1 MB",
    "224 px",
    "example.org MIT; present at build"
  ]);
  assert.deepEqual(texts(table, "tbody td:last-child").slice(1), [
    "none published",
    "example.org MIT; absent at build"
  ]);
  assert.equal(
    describeNetworks(rows),
    "The study can name 3 networks, with 2.00 M to 2.00 M parameters before the head."
  );
});

test("published counts stand beside ours with the difference, or a dash where there is none", () => {
  const ours = {parameters: 3.3e6, macs: 2e9};
  const rows = counted([
    network("a", {published: {ours, parameters: 3e6, macs: 2e9, source: "Somebody"}}),
    network("b", {published: {ours, parameters: 4e6, source: "Somebody else"}}),
    network("c")
  ]);
  const table = dataTable(comparisonColumns, rows, {label: "Counts"});
  const cells = [...table.querySelectorAll("tbody tr")].map((row) => texts(row, "td"));
  assert.deepEqual(cells, [
    ["3.30 M", "3.00 M ours +10.0%", "2.00 G", "2.00 G equal", "Somebody"],
    ["3.30 M", "4.00 M ours −17.5%", "2.00 G", "–", "Somebody else"]
  ]);
});

const filters: RunFilters = {
  run: "a",
  title: "Net, ImageNet",
  layer: "conv1",
  size: 1,
  cosine: 0.98,
  change: 0.2,
  filters: [
    {before: btoa("\x80\x80\x80"), after: btoa("\xff\x80\x01"), cosine: 0.9, change: 0.5},
    {before: btoa("\x00\x80\x80"), after: btoa("\x00\x80\x80"), cosine: 1, change: 0}
  ],
  source
};

/** What is painted on canvases, which jsdom has no pixels for. */
function recordPainting(): number[][] {
  const painted: number[][] = [];
  const context = {putImageData: ({data}: {data: Uint8ClampedArray}) => painted.push([...data])};
  Object.assign(window.HTMLCanvasElement.prototype, {getContext: () => context});
  Object.assign(globalThis, {
    ImageData: class {
      constructor(readonly data: Uint8ClampedArray) {}
    }
  });
  return painted;
}

test("filters are shown in pairs, and how far they moved is said", () => {
  const painted = recordPainting();
  const tiles = filterTiles(filters);
  assert.deepEqual(painted.slice(0, 2), [
    [128, 128, 128, 255],
    [255, 128, 1, 255]
  ]);
  assert.equal(tiles.getAttribute("role"), "img");
  assert.equal(
    tiles.getAttribute("aria-label"),
    "2 filters of conv1 in Net, ImageNet, before and after training: cosine similarity 0.980, relative change 0.200"
  );
  const pairs = [...tiles.querySelectorAll(".filter-pair")];
  assert.deepEqual(
    pairs.map((pair) => [pair.getAttribute("title"), pair.querySelectorAll("canvas").length]),
    [
      ["filter 0: cosine similarity 0.900, relative change 0.500", 2],
      ["filter 1: cosine similarity 1.000, relative change 0.000", 2]
    ]
  );
  assert.equal(text(tiles), "");
  assert.equal(describeChange(filters), "cosine similarity 0.980, relative change 0.200");
  assert.deepEqual(filterRows([filters])[0], {run: "a", layer: "conv1", filter: 0, cosine: 0.9, change: 0.5});
});

test("large numbers are shortened to three digits", () => {
  assert.deepEqual([0, 999, 1234, 412_345, 1_716_000, 22_855_952, 116.6e6, 2.259e9, NaN].map(magnitude), [
    "0",
    "999",
    "1.23 k",
    "412 k",
    "1.72 M",
    "22.9 M",
    "117 M",
    "2.26 G",
    "–"
  ]);
});
