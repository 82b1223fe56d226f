import assert from "node:assert/strict";
import {test} from "node:test";
import {document, window} from "./dom.js";
import {pictures, standaloneSvg} from "../../docs/components/svg-export.js";

Object.assign(globalThis, {
  getComputedStyle: window.getComputedStyle.bind(window),
  XMLSerializer: window.XMLSerializer
});

const figure = document.createElement("figure");
figure.innerHTML = `<svg class="class-mark" aria-hidden="true"><circle r="3"></circle></svg>
  <svg aria-label="Left" width="100" height="50" class="plot"><style>.dot { fill: rgb(1, 2, 3) }</style><circle class="dot" r="4"></circle></svg>
  <svg aria-label="Right" width="80" height="60"><text font-size="12">A &amp; B</text></svg>`;
document.head.innerHTML = "<style>.dot { fill: rgb(1, 2, 3); stroke-width: 2px }</style>";
document.body.append(figure);
const boxes = [new window.DOMRect(30, 20, 100, 50), new window.DOMRect(150, 20, 80, 60)];
pictures(figure).forEach((picture, i) => (picture.getBoundingClientRect = () => boxes[i]));

const file = new window.DOMParser().parseFromString(standaloneSvg(figure, "Scores"), "image/svg+xml").documentElement;

test("the pictures of a figure are placed in one file as they stand on the page, small marks left out", () => {
  assert.deepEqual(
    [...file.querySelectorAll(":scope > svg")].map((svg) => [svg.getAttribute("x"), svg.getAttribute("y")]),
    [
      ["12", "12"],
      ["132", "12"]
    ]
  );
  assert.equal(file.getAttribute("viewBox"), "0 0 224 84");
  assert.equal(file.querySelector("title")?.textContent, "Scores");
});

test("the file needs no style sheet: styles stand with the elements that have them", () => {
  assert.equal(file.querySelector("style"), null);
  assert.equal(file.querySelector("[class]"), null);
  assert.match(file.querySelector("circle")?.getAttribute("style") ?? "", /fill: rgb\(1, 2, 3\)/);
  assert.equal(file.querySelector("text")?.textContent, "A & B");
});

test("the page keeps its classes and styles", () => {
  assert.ok(figure.querySelector("svg.plot > style"), "the original is untouched");
});

test("a figure without a picture has none to save", () => {
  assert.deepEqual(pictures(document.createElement("figure")), []);
});
