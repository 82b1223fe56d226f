import * as Plot from "@observablehq/plot";
import {estimate} from "./format.js";
import {chart} from "./plot.js";

/** An estimate with its 95% interval; titles differ. */
export interface ForestRow {
  title: string;
  value: number;
  low: number;
  high: number;
}

export interface ForestOptions<R extends ForestRow> {
  width?: number;
  ariaLabel: string;
  /** What a row says to readers who cannot see it, after its title. */
  words?: (row: R) => string;
  x: Plot.ScaleOptions;
  /** What else stands on the lines of the rows (`y: "title"`), below the estimates. */
  marks?: Plot.Markish[];
}

/** Estimates as points on their intervals, each below its title, so that the chart needs no margin for names. */
export function forestPlot<R extends ForestRow>(
  rows: readonly R[],
  {width = 640, ariaLabel, words = estimate, x, marks = []}: ForestOptions<R>
): Element {
  return chart({
    ariaLabel,
    ariaDescription: rows.map((row) => `${row.title}: ${words(row)}`).join("; "),
    width,
    height: 60 + 38 * rows.length,
    marginLeft: 16,
    marginRight: 24,
    marginTop: 8,
    marginBottom: 40,
    x: {labelAnchor: "center", grid: true, ticks: width < 480 ? 4 : 6, ...x},
    y: {axis: null, type: "point", domain: rows.map(({title}) => title), padding: 0.6},
    marks: [
      ...marks,
      Plot.link(rows, {x1: "low", x2: "high", y: "title", strokeWidth: 2.5, strokeLinecap: "round"}),
      Plot.dot(rows, {x: "value", y: "title", r: 4.5, fill: "currentColor", stroke: "var(--theme-background)"}),
      Plot.text(rows, {
        ...{y: "title", text: "title", frameAnchor: "left", textAnchor: "start", dy: -16},
        ...{fill: "currentColor", stroke: "var(--theme-background)", strokeWidth: 4}
      })
    ]
  });
}
