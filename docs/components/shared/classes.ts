import {html, svg} from "htl";
import {symbol, symbolCircle, symbolDiamond2, symbolSquare, symbolTriangle} from "d3";

// A map: a class may be called as what every object inherits.
const titles = new Map([
  ["bacteria", "Bacterial"],
  ["normal", "Normal"],
  ["viral", "Viral"]
]);
const shapes = [symbolCircle, symbolTriangle, symbolSquare, symbolDiamond2];
// Okabe & Ito 2008: used for a class that the stylesheet gives no colour.
const fallback = ["#d55e00", "#009e73", "#0072b2", "#cc79a7", "#56b4e9", "#e69f00"];

/** A class as readers see it: "Bacterial" for "bacteria". */
export const classTitle = (name: string): string => titles.get(name) ?? name;

/** The most letters of a class for which the margin of a chart has room. */
const roomy = 16;

/** A class beside a chart: of a long name its beginning. */
export function classTick(name: string): string {
  const letters = [...classTitle(name)];
  return letters.length > roomy ? `${letters.slice(0, roomy - 1).join("")}…` : letters.join("");
}

/** A class as an adjective within a sentence: "COVID-19", "bacterial". */
export const className = (name: string): string => titles.get(name)?.toLowerCase() ?? name;

/** The colour of a class, as a CSS value that follows the light and the dark theme. */
export function classColor(name: string, classes: string[]): string {
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return `var(--class-${slug}, ${fallback[Math.max(0, classes.indexOf(name)) % fallback.length]})`;
}

/** Scales for Plot: the same colour and symbol for a class in every figure. */
export const classScales = (classes: string[]) => ({
  color: {domain: classes, range: classes.map((name) => classColor(name, classes))},
  symbol: {domain: classes, range: classes.map((_, i) => shapes[i % shapes.length])}
});

/** The symbol of a class, as a small picture for legends and tables. */
export function classMark(name: string, classes: string[], color = classColor(name, classes)): SVGElement {
  const path = symbol(shapes[Math.max(0, classes.indexOf(name)) % shapes.length], 60)();
  return svg`<svg class="class-mark" width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true"><path
    d=${path}
    fill=${color}
  ></path></svg>`;
}

/** The symbol and the name of a class. */
export const classLabel = (name: string, classes: string[], color?: string): HTMLElement =>
  html`<span class="class-label">${classMark(name, classes, color)} ${classTitle(name)}</span>`;

/** What each colour and symbol stands for; with one colour for all, what each symbol stands for. */
export const classLegend = (classes: string[], color?: string): HTMLElement =>
  html`<div class="legend">${classes.map((name) => classLabel(name, classes, color))}</div>`;

/** Colours of right and wrong predictions. */
export const outcomeColors = {right: "var(--theme-foreground-fainter, #bbb)", wrong: "var(--theme-foreground, #222)"};

/** What the colours of right and wrong predictions and the symbols of the classes stand for. */
export const outcomeLegend = (classes: string[]): HTMLElement =>
  html`<div>
    <div class="legend">
      ${Object.entries(outcomeColors).map(
        ([name, color]) =>
          html`<span><span class="swatch" style=${{background: color}}></span> predicted ${name}</span>`
      )}
    </div>
    ${classLegend(classes, "currentColor")}
  </div>`;
