import assert from "node:assert/strict";
import {test} from "node:test";
import {document, window} from "../dom.js";
import {standaloneSvg} from "../../../docs/components/shared/svg-export.js";
import {pictures} from "../../../docs/components/shared/svg-parts.js";

Object.assign(globalThis, {
  getComputedStyle: window.getComputedStyle.bind(window),
  XMLSerializer: window.XMLSerializer
});

const figure = document.createElement("figure");
figure.innerHTML = `<p>Prose <svg class="class-mark" aria-hidden="true"><ellipse rx="3"></ellipse></svg></p>
  <div class="legend"><span><svg aria-hidden="true"><path d="M0 0"></path></svg> Viral</span></div>
  <svg aria-label="Left" width="100" height="50" class="plot"><style>.dot { fill: rgb(1, 2, 3) }</style><circle class="dot" r="4"></circle></svg>
  <svg aria-label="Right" width="80" height="60"><text font-size="12">A &amp; B</text></svg>`;
document.head.innerHTML =
  "<style>.dot { fill: rgb(1, 2, 3); stroke-width: 2px } html { background-color: rgb(9, 9, 9) }</style>";
document.body.append(figure);
const boxes = [new window.DOMRect(30, 20, 100, 50), new window.DOMRect(150, 20, 80, 60)];
const legendBox = new window.DOMRect(30, 0, 40, 20);
window.Range.prototype.getBoundingClientRect = () => legendBox;
figure.querySelector(".legend svg")!.getBoundingClientRect = () => new window.DOMRect(20, 4, 12, 12);
pictures(figure).forEach((picture, i) => (picture.getBoundingClientRect = () => boxes[i]));

const file = new window.DOMParser().parseFromString(standaloneSvg(figure, "Scores"), "image/svg+xml").documentElement;

const places = (selector: string) =>
  [...file.children].filter((child) => child.matches(selector)).map((e) => [e.getAttribute("x"), e.getAttribute("y")]);

test("the pictures of a figure and its legend are placed in one file as they stand on the page, its prose is not", () => {
  assert.deepEqual(places("svg[aria-label]"), [
    ["22", "32"],
    ["142", "32"]
  ]);
  assert.deepEqual(places("svg:not([aria-label])"), [["12", "16"]]);
  assert.deepEqual(places("text"), [["22", "22"]]);
  assert.equal(file.querySelector("ellipse"), null);
  assert.equal(file.getAttribute("viewBox"), "0 0 234 104");
  assert.equal(file.querySelector("rect")?.getAttribute("fill"), "rgb(9, 9, 9)");
  assert.equal(file.querySelector("title")?.textContent, "Scores");
});

test("the file needs no style sheet: styles stand with the elements that have them", () => {
  assert.equal(file.querySelector("style"), null);
  assert.equal(file.querySelector("[class]"), null);
  assert.match(file.querySelector("circle")?.getAttribute("style") ?? "", /fill: rgb\(1, 2, 3\)/);
  assert.equal(file.querySelector("svg text")?.textContent, "A & B");
});

test("the page keeps its classes and styles", () => {
  assert.ok(figure.querySelector("svg.plot > style"), "the original is untouched");
});

test("a figure without a picture has none to save", () => {
  assert.deepEqual(pictures(document.createElement("figure")), []);
});
