import assert from "node:assert/strict";
import {test} from "node:test";
import {document, marks, text, texts, window} from "../dom.js";
import {classScores} from "../../../docs/components/network/class-scores.js";
import {classScoreTable} from "../../../docs/components/network/class-score-table.js";
import {comparisonTable} from "../../../docs/components/claims/comparisons.js";
import {headlineLines} from "../../../docs/components/claims/headline.js";
import {headlineTable} from "../../../docs/components/home/headline-table.js";
import {predictionsByRow} from "../../../docs/components/shared/image-panel.js";
import {imageStrip, type Selection} from "../../../docs/components/shared/image-strip.js";
import {lens} from "../../../docs/components/lens/lens.js";
import {behindClassScore} from "../../../docs/components/lens/lens-class.js";
import {behindMean} from "../../../docs/components/lens/lens-means.js";
import {behindAccuracy} from "../../../docs/components/lens/lens-words.js";
import {summarizeRun} from "../../../docs/components/shared/run-summary.js";
import {selectionPanel} from "../../../docs/components/network/selection-panel.js";
import {classification} from "../../../src/lib/measures/classification.js";
import {about, classes, results, run, source} from "../fixtures.js";

// jsdom has no popovers: what matters here is when one is shown and hidden.
const open = new Set<Element>();
Object.assign(window.HTMLElement.prototype, {
  showPopover(this: Element) {
    open.add(this);
  },
  hidePopover(this: Element) {
    open.delete(this);
  }
});
Object.assign(globalThis, {requestAnimationFrame: (act: () => void) => act()});

const scored = {run: run("a", about(0.8)), resamples: 10000};
const card = (element: Element) => element.querySelector(".lens-card");

test("a proportion says what it counts, its interval and the method of that", () => {
  const {words, parts} = behindAccuracy(scored);
  assert.deepEqual(words, ["7 of 8 test images are predicted right.", "95% interval 0.86–0.90, Wilson’s."]);
  assert.deepEqual(parts?.[0], {title: "Wrong", rows: [3]});
  const [, viral, bacterial] = scored.run.perClass;
  const recall = behindClassScore(scored, viral, "recall");
  assert.equal(recall.words[0], "Of 2 viral images, 1 are found.");
  assert.deepEqual(
    recall.parts?.map(({rows}) => rows),
    [[3], [2]]
  );
  const precision = behindClassScore(scored, bacterial, "precision");
  assert.equal(precision.words[0], "Of 3 images predicted bacterial, 2 are.");
  assert.deepEqual(precision.parts?.[0].rows, [3]);
});

test("a class that is never predicted has no precision to count", () => {
  const never = {...scored.run.perClass[0], precision: {value: 0, low: 0, high: 1, k: 0, n: 0}};
  assert.deepEqual(behindClassScore(scored, never, "precision").words, ["No image is predicted COVID-19."]);
});

test("F1 shows the parts of its formula, which make up the study's F1", () => {
  const words = behindClassScore(scored, scored.run.perClass[2], "f1").words[0];
  const [tp, , fp, fn] = words
    .split("=")[1]
    .match(/(?<= |\()\d+(?!TP)/g)!
    .slice(1)
    .map(Number); // 2 × tp / (2 × tp + fp + fn)
  assert.equal(words, "2TP / (2TP + FP + FN) = 2 × 2 / (2 × 2 + 1 + 0).");
  const confusion = classes.map((actual) =>
    classes.map((p) => scored.run.confusion.find((c) => c.actual === actual && c.predicted === p)!.count)
  );
  const {f1} = classification(confusion).classes[2];
  assert.ok(Math.abs((2 * 2) / (2 * 2 + 1 + 0) - f1) < 1e-12, `${tp} ${fp} ${fn}`);
});

test("a mean over the classes lists the fraction of each", () => {
  assert.match(
    behindMean(scored, "macroF1").words[0],
    /F1, 2TP\/\(2TP \+ FP \+ FN\): COVID-19 4\/4, Viral 2\/3, Bacterial 4\/5 and Normal 4\/4\.$/
  );
  assert.match(behindMean(scored, "weightedPrecision").words[0], /weighted by their images.* Bacterial 2\/3 and/);
  assert.match(behindMean(scored, "balancedAccuracy").words[1], /10,000 bootstrap resamples/);
});

test("a lens opens on focus and on a press, closes when the focus leaves, and describes itself", () => {
  const element = lens("0.88", behindAccuracy(scored));
  document.body.append(element);
  const button = element.querySelector("button")!;
  assert.match(button.getAttribute("aria-description") ?? "", /^7 of 8 test images .* Wilson’s\.$/);
  assert.equal(card(element), null, "no card before it is asked for");
  button.focus();
  assert.ok(open.has(card(element)!), "open on focus");
  assert.match(text(card(element)), /^Accuracy of a 7 of 8 test images .* Wrong: 1 Rows 3 Right: 7 Rows 0, 1, 2/);
  button.blur();
  assert.ok(!open.has(card(element)!), "closed when the focus has left");
  button.click();
  assert.ok(open.has(card(element)!), "open on a press");
});

test("a card that closes and gives the focus back is not opened again by that", () => {
  const element = lens("0.88", behindAccuracy(scored));
  document.body.append(element);
  const button = element.querySelector("button")!;
  button.focus();
  (card(element) as HTMLElement).hidePopover();
  const back = new window.FocusEvent("focus", {relatedTarget: card(element)});
  button.dispatchEvent(back);
  assert.ok(!open.has(card(element)!), "still closed");
});

test("a mouse that passes by opens nothing, one that rests opens the lens, and one that leaves closes it", (t) => {
  t.mock.timers.enable({apis: ["setTimeout"]});
  const element = lens("0.88", behindAccuracy(scored));
  const point = (type: string) => element.dispatchEvent(Object.assign(new window.Event(type), {pointerType: "mouse"}));
  point("pointerenter");
  t.mock.timers.tick(50);
  point("pointerleave");
  t.mock.timers.tick(1000);
  assert.equal(card(element), null);
  point("pointerenter");
  t.mock.timers.tick(1000);
  assert.ok(open.has(card(element)!), "open");
  point("pointerleave");
  t.mock.timers.tick(1000);
  assert.ok(!open.has(card(element)!), "closed");
});

test("a strip shows some images and says how many more there are", () => {
  const rows = Array.from({length: 13}, (_, i) => i);
  const images = {present: true, cell: 100, columns: 5, row: rows};
  const strip = imageStrip({title: "Found", rows}, {images, href: "sheet.jpg"});
  assert.equal(strip.querySelectorAll(".thumbnail").length, 10);
  assert.equal(text(strip), "Found: 13 and 3 more");
  const numbers = imageStrip({title: "Found", rows}, {images: {...images, present: false}, href: ""});
  assert.equal(numbers.querySelectorAll(".thumbnail").length, 0);
  assert.equal(text(numbers), "Found: 13 Rows 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 3 more");
  assert.equal(text(imageStrip({title: "Missed", rows: []})), "Missed: 0");
});

test("a number of the table and a point of the chart lead to the images behind them", () => {
  const selections: Selection[] = [];
  const choose = (selection: Selection) => selections.push(selection);
  const table = classScoreTable(scored, {classes, choose});
  table.querySelectorAll<HTMLButtonElement>(".lens-number")[4].click(); // recall of viral
  table.querySelector<HTMLButtonElement>(".lens-card .more")!.click();
  const chart = classScores(scored, {width: 800, classes, choose});
  const points = marks(chart, "dot").flatMap((g) => [...g.querySelectorAll("path")]);
  const viral = points.find((point) =>
    /^Recall of Viral\. .*Show the images$/.test(point.getAttribute("aria-label")!)
  )!;
  viral.dispatchEvent(new window.MouseEvent("click"));
  viral.dispatchEvent(Object.assign(new window.Event("keydown"), {key: "Enter"}));
  viral.dispatchEvent(Object.assign(new window.Event("keydown"), {key: "a"}));
  assert.equal(selections.length, 3);
  for (const {parts} of selections)
    assert.deepEqual(
      parts.map(({rows}) => rows),
      [[3], [2]]
    );
  assert.equal(chart.getAttribute("role"), "group", "a picture may hold no buttons");
});

test("a selection shows its parts and takes the focus; an empty part is left out", () => {
  const parts = [
    {title: "Missed", rows: [3]},
    {title: "Found", rows: []}
  ];
  const panel = selectionPanel({heading: "Recall of Viral", parts}, predictionsByRow(scored.run, classes), {
    classes,
    sprite: {images: {present: false, cell: 1, columns: 1, row: []}, href: ""}
  });
  assert.deepEqual(texts(panel, ".panel-heading"), ["Missed: 1 test image"]);
  assert.deepEqual(texts(panel, ".card-title"), ["Row 3: Viral✗ predicted Bacterial"]);
  document.body.append(panel);
  panel.focus();
  assert.equal(document.activeElement, panel);
});

test("the headline leads from its numbers to the network's page, cited figures to nothing", () => {
  const table = headlineTable(headlineLines(results([scored.run])), {resamples: 10000});
  assert.equal(table.querySelectorAll(".trained .lens-number").length, 3);
  assert.equal(table.querySelectorAll(".cited .lens-number").length, 0);
  table.querySelector<HTMLButtonElement>(".lens-number")!.click();
  assert.equal(card(table)?.querySelector("a")?.getAttribute("href"), "./network-net.html");
});

test("the summary has a lens on every score, and its words still read as a sentence", () => {
  const summary = summarizeRun(scored);
  assert.equal(summary.querySelectorAll(".lens-number").length, 7);
  assert.match(text(summary), /^a classifies 7\/8 test images correctly: accuracy 0\.88 \(0\.86–0\.90\) ?, balanced/);
});

test("a comparison shows which images only one of the two gets right", () => {
  const none = {value: 0, low: 0, high: 0, p: 1};
  const table = comparisonTable([
    {
      ...{a: {run: "a", title: "A"}, b: {run: "b", title: "B"}, source, holm: {macroF1: 1, mcnemar: 1}},
      ...{accuracy: none, macroF1: none, weightedF1: none},
      mcnemar: {onlyA: 2, onlyB: 1, p: 1},
      apart: {onlyA: [4, 7], onlyB: [5]}
    }
  ]);
  table.querySelector<HTMLButtonElement>(".lens-number")!.click();
  assert.match(text(card(table)), /^A and B 2 images only the first gets right, 1 only the second\. .*Rows 4 and 7/);
});
