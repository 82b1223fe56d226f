import {html} from "htl";
import * as Plot from "@observablehq/plot";
import type {Estimate, RunResult} from "../../src/loaders/types.js";
import {classLabel, classScales, classTitle} from "./classes.js";
import {count, estimate, ratio} from "./format.js";
import {chart, narrow} from "./plot.js";
import {dataTable} from "./table.js";

type PerClass = RunResult["perClass"];
const scores = {recall: "Recall", precision: "Precision", f1: "F1"} as const;
const names = Object.keys(scores) as (keyof typeof scores)[];

/** Recall, precision and F1 of each class, one line per class and score: for the chart and the download. */
export const classScoreRows = (perClass: PerClass) =>
  perClass.flatMap((c) => names.map((name) => ({class: c.class, score: scores[name], ...c[name], support: c.support})));

/** Recall, precision and F1 of each class with their 95% intervals, one panel per score. */
export function classScores(perClass: PerClass, {width = 640, classes}: {width?: number; classes: string[]}) {
  const rows = classScoreRows(perClass);
  const stacked = width < narrow;
  const panel = stacked ? "fy" : "fx";
  return chart({
    ariaLabel: "Recall, precision and F1 of each class",
    ariaDescription: rows.map((d) => `${classTitle(d.class)}, ${d.score} ${estimate(d)}`).join("; "),
    width,
    height: stacked ? 420 : 190,
    marginLeft: 78,
    marginRight: stacked ? 66 : 12,
    marginTop: stacked ? 8 : 28,
    x: {
      domain: [0, 1],
      ticks: [0, 0.25, 0.5, 0.75, 1],
      tickFormat: (x: number) => (x % 0.5 ? "" : String(x)),
      grid: true,
      label: null
    },
    y: {domain: classes, label: null, tickFormat: classTitle, tickSize: 0, padding: 0.3},
    [panel]: {domain: Object.values(scores), label: null, padding: 0.14},
    ...classScales(classes),
    marks: [
      Plot.link(rows, {x1: "low", x2: "high", y: "class", [panel]: "score", stroke: "class", strokeWidth: 2.5}),
      Plot.dot(rows, {x: "value", y: "class", [panel]: "score", fill: "class", symbol: "class", r: 5})
    ]
  });
}

/** The same as a table, with the counts behind each proportion. */
export function classScoreTable(perClass: PerClass, classes: string[]): HTMLElement {
  const cell = (e: Estimate) => html`<span>${estimate(e)}<span class="remark">${ratio(e)}</span></span>`;
  return dataTable(
    [
      {label: "Class", value: (c) => classLabel(c.class, classes), header: true},
      {label: "Images", value: (c) => count(c.support), align: "right"},
      ...names.map((name) => ({
        label: scores[name],
        value: (c: PerClass[number]) => cell(c[name]),
        align: "right" as const
      })),
      {label: "ROC AUC", value: (c) => (c.rocAuc ? estimate(c.rocAuc) : "–"), align: "right"}
    ],
    perClass,
    {label: "Scores of each class"}
  );
}
