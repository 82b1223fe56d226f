import assert from "node:assert/strict";
import {JSDOM} from "jsdom";

// Gives the components a document to draw in.
const {window} = new JSDOM("<!doctype html><body></body>");
Object.assign(globalThis, {
  CustomEvent: window.CustomEvent,
  HTMLCollection: window.HTMLCollection,
  Node: window.Node,
  NodeFilter: window.NodeFilter,
  NodeList: window.NodeList,
  document: window.document,
  window
});

export {window};

export const {document} = window;

/** The text of an element with its white space collapsed. */
export const text = (element: Element | null): string => (element?.textContent ?? "").replace(/\s+/g, " ").trim();

/** The texts of all elements that match. */
export const texts = (element: Element, selector: string): string[] =>
  [...element.querySelectorAll(selector)].map(text);

/** The groups of a chart that a mark of Plot drew. */
export const marks = (chart: Element, name: string): Element[] => [...chart.querySelectorAll(`[data-mark="${name}"]`)];

/** A chart must be announced as one picture with a name and a description. */
export function announced(chart: Element): void {
  assert.equal(chart.getAttribute("role"), "img");
  assert.ok(chart.getAttribute("aria-label"));
  assert.ok(chart.getAttribute("aria-description"));
  assert.equal(chart.querySelectorAll("[aria-label]").length, 0, "an inner mark bears a label without a role");
}
