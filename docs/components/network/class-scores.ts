import * as Plot from "@observablehq/plot";
import type {RunResult} from "../../../src/report/results/artifact.js";
import {classScales, classTick, classTitle} from "../shared/classes.js";
import {estimate} from "../shared/format.js";
import type {Selection} from "../shared/image-strip.js";
import {behindClassScore} from "../lens/lens-class.js";
import type {Scored} from "../lens/lens-words.js";
import {pressable} from "../shared/pressable.js";
import {chart, narrow} from "../shared/plot.js";

type PerClass = RunResult["perClass"];
const scores = {recall: "Recall", precision: "Precision", f1: "F1"} as const;
const names = Object.keys(scores) as (keyof typeof scores)[];

/** Recall, precision and F1 of each class, one line per class and score: for the chart and the download. */
export const classScoreRows = (perClass: PerClass) =>
  perClass.flatMap((c) => names.map((name) => ({class: c.class, score: scores[name], ...c[name], support: c.support})));

export interface ClassScoresOptions {
  width?: number;
  classes: string[];
  /** Shows the images behind a score whose point is pressed. */
  choose?: (selection: Selection) => void;
}

/** Recall, precision and F1 of each class with their 95% intervals, one panel per score. */
export function classScores(scored: Scored, {width = 640, classes, choose}: ClassScoresOptions): Element {
  const {perClass} = scored.run;
  const rows = classScoreRows(perClass);
  const stacked = width < narrow;
  const panel = stacked ? "fy" : "fx";
  const drawn = chart({
    ariaLabel: "Recall, precision and F1 of each class",
    ariaDescription: rows.map((d) => `${classTitle(d.class)}, ${d.score} ${estimate(d)}`).join("; "),
    width,
    height: stacked ? Math.max(420, 60 + 90 * classes.length) : Math.max(190, 30 + 40 * classes.length),
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
    y: {domain: classes, label: null, tickFormat: classTick, tickSize: 0, padding: 0.3},
    [panel]: {domain: Object.values(scores), label: null, padding: 0.14},
    ...classScales(classes),
    marks: [
      Plot.link(rows, {x1: "low", x2: "high", y: "class", [panel]: "score", stroke: "class", strokeWidth: 2.5}),
      Plot.dot(rows, {x: "value", y: "class", [panel]: "score", fill: "class", symbol: "class", r: 5})
    ]
  });
  return choose ? pressable(drawn, "dot", (i) => pointOf(scored, i, choose)) : drawn;
}

/** The point of a row: what it is called, and what pressing it does. */
function pointOf(scored: Scored, row: number, choose: (selection: Selection) => void) {
  const name = names[row % names.length];
  const {
    title,
    words,
    parts = []
  } = behindClassScore(scored, scored.run.perClass[Math.floor(row / names.length)], name);
  return {label: `${title}. ${words[0]} Show the images`, press: () => choose({heading: title, parts})};
}
