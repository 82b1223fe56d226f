import * as Plot from "@observablehq/plot";
import type {ExplanationsArtifact} from "../../../src/report/explanations/artifact.js";
import {forestPlot} from "../shared/forest-plot.js";
import {estimate, plural, score} from "../shared/format.js";
import {regionTitles} from "./mask-outlines.js";

export type Measure = "energy" | "hits";
type Attention = ExplanationsArtifact["attention"];

/** Of a run and a region: what its maps reach, and what a uniform and a centred map reach on the same images. */
export interface AttentionRow {
  title: string;
  region: string;
  /** Images with the region marked, and those of them whose map is not empty. */
  images: number;
  n: number;
  value: number;
  low: number;
  high: number;
  uniform: number;
  centre: number;
  /** Over a uniform map. */
  gain: number;
  gain_low: number;
  gain_high: number;
}

/** One row a run and region, of the images that the networks were trained on or of the others. */
export const attentionRows = (
  attention: Attention,
  {measure, trained}: {measure: Measure; trained: boolean}
): AttentionRow[] =>
  attention.flatMap(({title, table}) =>
    table
      .filter(({seen}) => seen === trained)
      .map((row) => {
        const {map, gain, ...references} = row[measure];
        const [region, images] = [regionTitles[row.region], row.images];
        return {
          title,
          region,
          images,
          ...map,
          ...references,
          gain: gain.value,
          gain_low: gain.low,
          gain_high: gain.high
        };
      })
  );

/** In how many runs more of the maps lies in a region than of maps that know nothing of the image. */
export function describeAttention(rows: readonly AttentionRow[]): string {
  const above = (better: (row: AttentionRow) => boolean) => rows.filter(better).length;
  return (
    `In ${above(({gain_low}) => gain_low > 0)} of ${plural(rows.length, "run")}, more of the map ` +
    "lies there than of a uniform map, " +
    `and in ${above(({low, centre}) => low > centre)} more than of one that is brightest in the ` +
    "middle, by the whole 95% interval."
  );
}

/** Means of the runs in one region as points with intervals; a bar marks a uniform map, a cross a centred one. */
export function attentionChart(rows: readonly AttentionRow[], {width, label}: {width?: number; label: string}) {
  const muted = {y: "title", stroke: "var(--theme-foreground-muted)", strokeWidth: 2};
  return forestPlot(rows, {
    width,
    ariaLabel: `${label}, by run`,
    words: (row) => `${estimate(row)} of ${plural(row.n, "image")}, uniform map ${score(row.uniform)}`,
    x: {domain: [0, 1], label, tickFormat: ".0%"},
    marks: [
      Plot.dot(rows, {...muted, x: "uniform", symbol: tick, r: 5}),
      Plot.dot(rows, {...muted, x: "centre", symbol: "times", r: 4.5})
    ]
  });
}

/** A short upright line: a tick of the scale of points would be as high as its row. */
const tick = {
  draw(context: CanvasPath, size: number) {
    const half = Math.sqrt(size);
    context.moveTo(0, -half);
    context.lineTo(0, half);
  }
};
