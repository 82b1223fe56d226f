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

export const {document} = window;

/** The text of an element with its white space collapsed. */
export const text = (element: Element | null): string => (element?.textContent ?? "").replace(/\s+/g, " ").trim();

/** The texts of all elements that match. */
export const texts = (element: Element, selector: string): string[] =>
  [...element.querySelectorAll(selector)].map(text);
