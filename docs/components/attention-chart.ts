import * as Plot from "@observablehq/plot";
import type {ExplanationsArtifact} from "../../src/loaders/types.js";
import {estimate, plural, score} from "./format.js";
import {regionTitles} from "./mask-outlines.js";
import {chart, narrow} from "./plot.js";

export type Measure = "energy" | "hits";

/** Of a run and a region: what its maps reach, and what a uniform and a centred map reach on the same images. */
export interface AttentionRow {
  run: string;
  region: string;
  n: number;
  images: number;
  value: number;
  low: number;
  high: number;
  uniform: number;
  centre: number;
  gain: number;
  gain_low: number;
  gain_high: number;
}

/** One row a run and region, of the images that the networks were trained on or of the others. */
export const attentionRows = (
  {attention}: ExplanationsArtifact,
  {measure, trained}: {measure: Measure; trained: boolean}
): AttentionRow[] =>
  attention.flatMap(({title, table}) =>
    table
      .filter(({seen}) => seen === trained)
      .map((row) => {
        const {map, gain, ...references} = row[measure];
        return {
          run: title,
          region: regionTitles[row.region],
          n: map.n,
          images: row.images,
          value: map.value,
          low: map.low,
          high: map.high,
          ...references,
          gain: gain.value,
          gain_low: gain.low,
          gain_high: gain.high
        };
      })
  );

/** Means of the runs as points with intervals, a panel a region; a bar marks a uniform map, a cross a centred one. */
export function attentionChart(rows: readonly AttentionRow[], {width = 720, label}: {width?: number; label: string}) {
  const runs = [...new Set(rows.map(({run}) => run))];
  const sizes = new Map(rows.map(({region, n}) => [region, n]));
  const line = {y: "run", fy: "region"};
  return chart({
    ariaLabel: `${label}, by region and run`,
    ariaDescription: rows
      .map((row) => `${row.region}, ${row.run}: ${estimate(row)}, uniform map ${score(row.uniform)}`)
      .join("; "),
    width,
    height: 60 + (30 + 20 * runs.length) * sizes.size,
    marginLeft: width < narrow ? 120 : 210,
    marginRight: 20,
    marginBottom: 40,
    x: {domain: [0, 1], label, labelAnchor: "center", grid: true, tickFormat: ".0%"},
    y: {domain: runs, label: null, tickSize: 0},
    fy: {domain: [...sizes.keys()], axis: null, padding: 0.3},
    marks: [
      Plot.text([...sizes], {
        fy: "0",
        frameAnchor: "top-left",
        dy: -14,
        text: ([region, n]: [string, number]) => `${region} (${plural(n, "image")})`,
        fill: "currentColor",
        fontWeight: "bold"
      }),
      Plot.tickX(rows, {...line, x: "uniform", stroke: "var(--theme-foreground-muted)", strokeWidth: 2}),
      Plot.dot(rows, {...line, x: "centre", symbol: "times", r: 4, stroke: "var(--theme-foreground-muted)"}),
      Plot.link(rows, {...line, x1: "low", x2: "high", strokeWidth: 2.5, strokeLinecap: "round"}),
      Plot.dot(rows, {...line, x: "value", r: 4.5, fill: "currentColor", stroke: "var(--theme-background)"})
    ]
  });
}
