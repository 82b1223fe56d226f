import assert from "node:assert/strict";
import {test} from "node:test";
import {document, text, window} from "../dom.js";
import {html} from "htl";
import {confusionMatrix} from "../../../docs/components/network/confusion.js";
import {headlineLines} from "../../../docs/components/claims/headline.js";
import {headlineTable} from "../../../docs/components/home/headline-table.js";
import {pressable} from "../../../docs/components/shared/pressable.js";
import {roving} from "../../../docs/components/shared/roving.js";
import {dataTable} from "../../../docs/components/shared/table.js";
import {about, classes, results, run} from "../fixtures.js";

const button = (name: string) => html`<button class="lens-number">${name}</button>`;
const press = (key: string) => {
  const event = new window.KeyboardEvent("keydown", {key, bubbles: true, cancelable: true});
  document.activeElement!.dispatchEvent(event);
  return event.defaultPrevented;
};
const stops = (root: Element) => [...root.querySelectorAll<HTMLElement>("button")].filter((b) => b.tabIndex >= 0);
const reached = () => text(document.activeElement);
const letters = ["a", "b", "c", "d", "e", "f"];
const table = (limit?: number) => {
  const columns = [0, 1, 2].map((i) => ({
    label: `${i}`,
    value: (row: string) => (row === "b" && i === 1 ? "–" : button(row + i))
  }));
  const element = dataTable(columns, letters.slice(0, 3), {label: "Letters", limit});
  document.body.append(element);
  return element;
};

test("a table is one stop, from which arrows go along and across, over cells without a number, up to its ends", () => {
  const [stop, ...others] = stops(table());
  assert.deepEqual([text(stop), others.length], ["a0", 0]);
  stop.focus();
  assert.ok(!press("ArrowLeft"), "nothing before the first");
  assert.ok(!press("ArrowUp"), "nothing above the first row");
  const way = ["ArrowRight", "ArrowDown", "ArrowDown", "End", "ArrowUp", "ArrowLeft", "Home", "ArrowLeft"].map(
    (key) => {
      assert.ok(press(key), key);
      return reached();
    }
  );
  assert.deepEqual(way, ["a1", "b0", "c0", "c2", "b2", "b0", "b0", "a2"]);
  assert.ok(!press("x"), "other keys are the browser's");
});

test("the stop is where the focus was last, also when rows are added, and they are no more stops", () => {
  const element = table(1);
  stops(element)[0].focus();
  press("End");
  element.querySelector<HTMLElement>(".more")!.click();
  assert.deepEqual(stops(element).map(text), ["a2"]);
  stops(element)[0].focus();
  press("ArrowDown");
  assert.equal(reached(), "b2");
});

test("keys in an open card are its own", () => {
  const card = html`<div>${button("a")}<a href="#">more</a>${button("b")}</div>`;
  document.body.append(card);
  roving(card, "button");
  card.querySelector("a")!.focus();
  assert.ok(!press("ArrowRight"), "left to the browser");
  assert.equal(reached(), "more");
  assert.deepEqual(stops(card).map(text), ["a"]);
});

test("the scores of all runs, a confusion matrix and the points of a chart are one stop each", () => {
  const headline = headlineTable(headlineLines(results([run("a", about(0.8)), run("b", about(0.9))])), {resamples: 10});
  assert.equal(stops(headline).length, 1);
  const matrix = confusionMatrix(run("a", about(0.8)).confusion, {classes});
  assert.equal(stops(matrix).filter((cell) => !(cell as HTMLButtonElement).disabled).length, 1);
  const chart = html`<div>
    <svg>
      <g data-mark="dot">
        <path></path>
        <path></path>
      </g>
    </svg>
  </div>`;
  document.body.append(chart);
  chart.querySelectorAll("path").forEach((path, i) => Object.assign(path, {__data__: i}));
  pressable(chart, "dot", (i) => ({label: `point ${i}`, press: () => {}}));
  assert.deepEqual(
    [...chart.querySelectorAll("path")].map((path) => path.getAttribute("tabindex")),
    ["0", "-1"]
  );
  chart.querySelector("path")!.focus();
  press("ArrowDown");
  assert.equal(document.activeElement?.getAttribute("aria-label"), "point 1");
});
