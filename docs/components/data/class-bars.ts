import * as Plot from "@observablehq/plot";
import {classColor, classTick, classTitle} from "../shared/classes.js";
import {count, percent} from "../shared/format.js";
import {chart, narrow} from "../shared/plot.js";

export interface ClassCount {
  split: string;
  class: string;
  count: number;
  share: number;
}

/** The share of each class in each split, labelled with its count. */
export function classBars(rows: ClassCount[], {width = 640, classes}: {width?: number; classes: string[]}) {
  const stacked = width < narrow;
  const split = stacked ? "fy" : "fx";
  const label = (d: ClassCount) => `${count(d.count)} (${percent(d.share)})`;
  return chart({
    ariaLabel: "Share of each class in the training and test splits",
    ariaDescription: rows.map((d) => `${d.split}, ${classTitle(d.class)}: ${label(d)}`).join("; "),
    width,
    height: stacked ? Math.max(320, 60 + 64 * classes.length) : Math.max(200, 40 + 40 * classes.length),
    marginLeft: 84,
    marginRight: stacked ? 62 : 12,
    marginTop: stacked ? 8 : 28,
    marginBottom: 40,
    x: {
      domain: [0, stacked ? 1 : Math.max(0.72, 1.4 * Math.max(...rows.map(({share}) => share)))],
      ticks: stacked ? 4 : 3,
      tickFormat: "%",
      label: "share of the split",
      labelAnchor: "center",
      grid: true
    },
    y: {domain: classes, label: null, tickFormat: classTick, tickSize: 0},
    [split]: {domain: [...new Set(rows.map((d) => d.split))], label: null, padding: 0.12},
    marks: [
      Plot.barX(rows, {
        x: "share",
        y: "class",
        [split]: "split",
        fill: (d: ClassCount) => classColor(d.class, classes),
        insetTop: 2,
        insetBottom: 2
      }),
      Plot.ruleX([0]),
      Plot.text(rows, {
        x: "share",
        y: "class",
        [split]: "split",
        text: label,
        textAnchor: "start",
        dx: 5,
        fill: "currentColor"
      })
    ]
  });
}
