import {interpolateViridis} from "d3";
import {html} from "htl";
import {classColor, classLegend, outcomeColors, outcomeLegend} from "../shared/classes.js";
import {type Point, unnumbered} from "./selection.js";

/** What the colour of a point can show. */
export const colorings = ["class", "prediction", "outcome", "numbering", "stability"] as const;
export type Coloring = (typeof colorings)[number];

export const coloringTitles: Record<Coloring, string> = {
  class: "True class",
  prediction: "Predicted class",
  outcome: "Right or wrong",
  numbering: "Source",
  stability: "Stability"
};

export interface Colors {
  /** A CSS colour for each point. */
  fill: string[];
  legend: HTMLElement;
}

/** The colours of points, and what they stand for. `stability` has a percentage for each point. */
export function mapColors(
  points: readonly Point[],
  coloring: Coloring,
  {classes, numberings, stability}: {classes: string[]; numberings: string[]; stability: number[]}
): Colors {
  const names = [...numberings, unnumbered];
  switch (coloring) {
    case "class":
      return {fill: points.map((p) => classColor(p.actual, classes)), legend: classLegend(classes)};
    case "prediction":
      return {fill: points.map((p) => classColor(p.predicted, classes)), legend: predictionLegend(classes)};
    case "outcome":
      return {
        fill: points.map((p) => outcomeColors[p.actual === p.predicted ? "right" : "wrong"]),
        legend: outcomeLegend(classes)
      };
    case "numbering":
      return {
        fill: points.map((p) => numberingColor(p.numbering, names)),
        legend: html`<div>
          ${swatches(
            names.map((name) => [
              name === unnumbered ? "without a number" : `numbered “${name}”`,
              numberingColor(name, names)
            ])
          )}
          ${classLegend(classes, "currentColor")}
        </div>`
      };
    case "stability":
      return {
        fill: stability.map((percentage) => interpolateViridis(percentage / 100)),
        legend: html`<div>
          ${swatches([0, 25, 50, 75, 100].map((p) => [`${p}%`, interpolateViridis(p / 100)]))}
          ${classLegend(classes, "currentColor")}
        </div>`
      };
  }
}

const numberingColor = (name: string, names: string[]) =>
  classColor(
    `numbering-${name}`,
    names.map((n) => `numbering-${n}`)
  );

const swatches = (entries: [string, string][]) =>
  html`<div class="legend">
    ${entries.map(
      ([text, color]) => html`<span><span class="swatch" style=${{background: color}}></span> ${text}</span>`
    )}
  </div>`;

/** The symbol shows the truth, so that the colour of a prediction needs a legend of its own. */
const predictionLegend = (classes: string[]) =>
  html`<div>
    ${swatches(classes.map((name) => [`predicted ${name}`, classColor(name, classes)]))}
    ${classLegend(classes, "currentColor")}
  </div>`;
