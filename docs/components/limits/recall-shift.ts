import * as Plot from "@observablehq/plot";
import type {LimitsArtifact} from "../../../src/report/limits/artifact.js";
import {classTitle} from "../shared/classes.js";
import {share} from "../shared/format.js";
import {chart} from "../shared/plot.js";

export type Best = NonNullable<LimitsArtifact["best"]>;

const splits = {validation: "Validation", test: "Test"} as const;
const names = Object.keys(splits) as (keyof typeof splits)[];

/**
 * Recall by class and, below, by series of file names of the classes that have several, on validation and on test: for
 * the chart and the download.
 */
export const shiftRows = ({byClass, bySeries}: Best) =>
  [...byClass, ...bySeries.filter((one) => bySeries.some((o) => o !== one && o.class === one.class))].flatMap((group) =>
    names.flatMap((split) => {
      const estimate = group[split];
      const series = "series" in group ? `, series ${group.series}` : "";
      return estimate ? [{group: `${classTitle(group.class)}${series}`, split: splits[split], ...estimate}] : [];
    })
  );

/** Recall on validation and on test side by side, with exact 95% intervals. */
export function shiftPlot(best: Best, {width = 640}: {width?: number} = {}) {
  const rows = shiftRows(best);
  const groups = [...new Set(rows.map(({group}) => group))];
  return chart({
    ariaLabel: "Recall on validation and on test",
    ariaDescription: rows.map(({group, split, k, n}) => `${group}, ${split}: ${share(k!, n!)}`).join("; "),
    width,
    height: 50 + 52 * groups.length,
    marginLeft: 16,
    marginTop: 4,
    marginBottom: 40,
    x: {domain: [0, 1], ticks: 5, tickFormat: "%", grid: true, label: "recall →", labelAnchor: "center"},
    y: {axis: null, type: "point", domain: Object.values(splits), padding: 0.9},
    fy: {axis: null, domain: groups, padding: 0},
    symbol: {domain: Object.values(splits), range: ["circle", "triangle"]},
    marks: [
      Plot.text(groups, {
        fy: (d: string) => d,
        text: (d: string) => d,
        frameAnchor: "top-left",
        fill: "currentColor",
        stroke: "var(--theme-background)",
        strokeWidth: 4
      }),
      Plot.link(rows, {x1: "low", x2: "high", y: "split", fy: "group", strokeWidth: 1.5}),
      Plot.dot(rows, {x: "value", y: "split", fy: "group", symbol: "split", r: 4.5, fill: "currentColor"})
    ]
  });
}
