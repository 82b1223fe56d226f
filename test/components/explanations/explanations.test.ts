import type {EstimateWith} from "../../../src/lib/measures/interval.js";
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {test} from "node:test";
import {text, texts} from "../dom.js";
import {
  agreementRows,
  agreementTable,
  describeAgreement
} from "../../../docs/components/explanations/agreement-table.js";
import {
  attentionChart,
  attentionRows,
  describeAttention
} from "../../../docs/components/explanations/attention-chart.js";
import {camGallery} from "../../../docs/components/explanations/cam-gallery.js";
import {camPictures} from "../../../docs/components/explanations/cam-figure.js";
import {testsOf} from "../../../docs/components/explanations/choices.js";
import {
  describeFaithfulness,
  faithfulnessChart,
  faithfulnessRows,
  gainChart,
  gainRows
} from "../../../docs/components/explanations/faithfulness-chart.js";
import {maskIndex, maskOutlines, unpack} from "../../../docs/components/explanations/mask-outlines.js";
import {describeSanity, sanityChart, sanityRows} from "../../../docs/components/explanations/sanity-chart.js";
import {describeSuspects, suspectRemark, testSuspects} from "../../../docs/components/explanations/suspects.js";
import {modelIds} from "../../../src/lib/models/registry.js";
import {fromRoot} from "../../../src/lib/support/paths.js";
import type {ExplanationsArtifact} from "../../../src/report/explanations/artifact.js";
import {source} from "../fixtures.js";

const about = (value: number, n = 20): EstimateWith<"n"> => ({value, low: value - 0.05, high: value + 0.05, n});
const judgement = (value: number) => ({
  map: about(value),
  uniform: 0.2,
  centre: 0.3,
  gain: about(value - 0.2)
});
const runs = ["A", "B"].map((title, i) => ({
  ...{run: title.toLowerCase(), title, model: i ? "two" : "one", network: i ? "Two" : "One"},
  ...{start: i ? "random" : "ImageNet", leads: i === 0}
}));

const artifact: ExplanationsArtifact = {
  sample: {images: 8, steps: 2, parts: 1, seed: 1},
  runs,
  attention: runs.map(({run, title}, i) => ({
    run,
    title,
    table: [
      {region: "lungs", seen: false, images: 21, energy: judgement(0.5 + 0.1 * i), hits: judgement(0.8)},
      {region: "opacities", seen: true, images: 20, energy: judgement(0.4), hits: judgement(0.7)}
    ],
    suspects: [
      {key: "test/7", label: 0, predicted: 1, measure: "lungs", share: 0.81},
      {key: "train/3", label: 0, predicted: 0, measure: "outside", share: 0.7},
      {key: "test/5", label: 1, predicted: 1, measure: "outside", share: 0.6}
    ],
    suspected: 4,
    source
  })),
  faithfulness: runs.map(({run, title}) => ({
    run,
    title,
    tests: (["deletion", "insertion"] as const).map((kind) => ({
      kind,
      orders: (["map", "centre", "random"] as const).map((order) => ({
        order,
        curve: [0.9, 0.5, 0.2],
        area: about(0.5)
      })),
      minusCentre: about(-0.02),
      minusRandom: about(0.1)
    })),
    source
  })),
  sanity: runs.map(({run, title}) => ({
    run,
    title,
    cascade: [
      {share: 0.1, layer: "head", empty: 0, spearman: about(0.6), ssim: about(0.7)},
      {share: 1, layer: "conv", empty: 2, spearman: about(0.1), ssim: about(0.2)}
    ],
    source
  })),
  agreement: [
    {a: "a", b: "b", spearman: about(0.3), source},
    {a: "a", b: "a", spearman: about(0.6), source}
  ]
};

const marks = (chart: Element, name: string) => [...chart.querySelectorAll(`[data-mark="${name}"] :is(path, line)`)];

const all = testsOf(artifact, {all: true});

test("the runs that lead are shown, or all", () => {
  const leading = testsOf(artifact, {all: false});
  for (const test of ["attention", "faithfulness", "sanity"] as const) {
    assert.deepEqual(
      [leading, all].map((tests) => tests[test].map(({run}) => run)),
      [["a"], ["a", "b"]]
    );
  }
  assert.deepEqual([leading.agreement.length, all.agreement.length], [1, 2]);
  assert.deepEqual(
    all.sanity.map(({network, start}) => `${network} ${start}`),
    ["One ImageNet", "Two random"]
  );
});

test("where maps lie is a point and an interval a run, beside a uniform and a centred map", () => {
  const rows = attentionRows(all.attention, {measure: "energy", trained: false});
  assert.deepEqual(
    rows.map(({title, region, n, images, value, uniform}) => [title, region, n, images, value, uniform]),
    [
      ["A", "inside the lungs", 20, 21, 0.5, 0.2],
      ["B", "inside the lungs", 20, 21, 0.6, 0.2]
    ]
  );
  for (const width of [800, 340]) {
    const chart = attentionChart(rows, {width, label: "share"});
    assert.equal(chart.getAttribute("role"), "img");
    assert.match(
      chart.getAttribute("aria-description") ?? "",
      /B: 0\.60 \(0\.55–0\.65\) of 20 images, uniform map 0\.20/
    );
    assert.equal(marks(chart, "link").length, 2);
    assert.equal(marks(chart, "dot").length, 4);
    assert.ok(texts(chart, "text").includes("A"));
  }
  assert.match(describeAttention(rows), /^In 2 of 2 runs, .* uniform map, and in 2 more than of one/);
  const below = rows.map((row) => ({...row, low: 0.3, gain_low: 0}));
  assert.match(describeAttention(below), /^In 0 of 2 runs, .* uniform map, and in 0 more than of one/);
  assert.deepEqual(
    attentionRows(all.attention, {measure: "hits", trained: true}).map(({region, value}) => [region, value]),
    [
      ["inside opacities", 0.7],
      ["inside opacities", 0.7]
    ]
  );
});

test("deletion and insertion are drawn as a curve an order, and what the order of the map gains as an interval a run", () => {
  const [{tests}] = all.faithfulness;
  const curves = faithfulnessChart(tests[0]);
  assert.equal(curves.querySelectorAll("[data-mark=line] path").length, 3);
  assert.match(curves.getAttribute("aria-description") ?? "", /at random: area 0\.50/);
  const values = (kind: "deletion" | "insertion", against: "centre" | "random") =>
    gainRows(all.faithfulness, kind, against).map((gain) => [gain.value, gain.low, gain.high].map((v) => v.toFixed(2)));
  assert.deepEqual(values("deletion", "centre")[0], ["0.02", "-0.03", "0.07"]);
  assert.deepEqual(values("insertion", "random")[0], ["0.10", "0.05", "0.15"]);
  const chart = gainChart(all.faithfulness, "deletion", {against: "random"});
  assert.match(chart.getAttribute("aria-description") ?? "", /A: −0\.10 \(−0\.15 to −0\.05\)/);
  assert.match(
    describeFaithfulness(all.faithfulness),
    /^Of 2 runs, .* middle outwards in 0 by deletion, in 0 by insertion; .* chance in 0 by deletion, in 2 by insertion/
  );
  assert.equal(faithfulnessRows(all.faithfulness).length, 12);
});

test("the cascade is drawn a line a run, from 1 at the trained network", () => {
  const chart = sanityChart(all.sanity, {width: 600, measure: "ssim", starts: ["random", "ImageNet"]});
  assert.match(
    chart.getAttribute("aria-description") ?? "",
    /A: 0\.70 .* without the head, 0\.20 .* all layers random/
  );
  assert.equal(marks(chart, "line").length, 2);
  assert.deepEqual(
    sanityRows(all.sanity, "spearman").map(({value}) => value),
    [0.6, 0.1, 0.6, 0.1]
  );
  assert.match(
    describeSanity(all.sanity, "ssim"),
    /structural similarity .* from 1 to 0\.70 to 0\.70 when only the head .* 0\.20 to 0\.20 when every/
  );
});

test("agreement lists the pairs that agree most first", () => {
  const rows = agreementRows(all.agreement, runs);
  assert.deepEqual(
    rows.map(({a, b, kinship, value}) => [a, b, kinship, value]),
    [
      ["A", "A", "the same network", 0.6],
      ["A", "B", "different networks", 0.3]
    ]
  );
  assert.equal(agreementTable(rows).querySelectorAll("tbody tr").length, 2);
  assert.equal(
    describeAgreement(rows),
    "1 pair of the same network: median 0.60; 1 pair of different networks: median 0.30"
  );
});

const cam = (row: number, more = {}) => ({
  row,
  actual: "viral",
  predicted: "normal",
  confidence: 0.8,
  peak: 1,
  size: 1,
  grid: "",
  ...more
});
const sprite = {images: {present: true, cell: 10, columns: 2, row: [5, 7]}, href: ""};

test("suspects are the test images of the measure's list, in its order, with what it says", () => {
  const [judged] = artifact.attention;
  assert.deepEqual(
    testSuspects(judged, [cam(5), cam(6), cam(7)]).map(({row}) => row),
    [7, 5]
  );
  assert.deepEqual([7, 5, 6].map(suspectRemark(judged)), [
    "81% of the energy outside the lungs",
    "60% of the energy outside the body",
    ""
  ]);
  assert.match(
    describeSuspects(judged),
    /4 maps .* of a uniform map, 80% lies outside .* The 3 furthest are listed\. Of these, rows 3 of the training list/
  );
  assert.deepEqual(testSuspects(null, [cam(5)]), []);
});

test("two runs stand side by side on the same image, and a run without a map of it stands back", () => {
  const gallery = camGallery(
    [
      {title: "A", cams: [cam(7), cam(5)]},
      {title: "B", cams: [cam(5, {predicted: "viral"})]}
    ],
    {sprite}
  );
  const cards = [...gallery.querySelectorAll("li")];
  assert.deepEqual(
    cards.map((card) => card.querySelectorAll(".thumbnail").length),
    [2, 3]
  );
  assert.deepEqual(texts(cards[1], ".remark"), [
    "A: ✗ predicted Normal, 80%, no positive evidence for the predicted class",
    "B: ✓ correct, 80%, no positive evidence for the predicted class"
  ]);
  assert.equal(texts(gallery, ".cam-empty").length, 3);
});

test("nothing that fits a choice is told", () => {
  assert.match(text(camPictures([], [{title: "A", cams: []}], {sprite})), /No test image fits/);
});

test("masks are unpacked bit by bit and drawn as outlines over their image only", () => {
  const bits = Buffer.from([0b00000110, 0b01100000]).toString("base64");
  assert.deepEqual(unpack(bits, 16), [0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0]);
  assert.throws(() => unpack(bits, 40), /2 bytes do not hold 40 bits/);
  const masks = maskIndex({size: 4, images: [{row: 5, masks: [{region: "lungs", bits}]}]});
  const outline = maskOutlines(masks.get(5)!);
  assert.equal(outline.getAttribute("aria-label"), "Outlines: lungs");
  const numbers = (
    outline
      .querySelector("path.mask-lungs")!
      .getAttribute("d")!
      .match(/[\d.]+/g) ?? []
  ).map(Number);
  assert.deepEqual([Math.min(...numbers), Math.max(...numbers)], [1, 3]);
  const gallery = camGallery([{title: "A", cams: [cam(5), cam(7)]}], {sprite, masks});
  assert.deepEqual(
    [...gallery.querySelectorAll("li")].map((card) => card.querySelectorAll(".mask-outlines").length),
    [2, 0]
  );
});

test("the page attaches the maps and the overlays of every network of the registry", () => {
  const page = readFileSync(fromRoot("docs/explanations.md"), "utf8");
  for (const id of modelIds) {
    for (const file of [`cams/${id}.json`, `overlays/${id}.jpg`])
      assert.ok(page.includes(`FileAttachment("./data/${file}")`), file);
  }
});
