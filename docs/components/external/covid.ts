import * as Plot from "@observablehq/plot";
import {symbol, symbolCircle, symbolDiamond2, symbolSquare, symbolTriangle} from "d3";
import {html, svg} from "htl";
import type {ExternalRun} from "../../../src/report/external/artifact.js";
import {answerOf, covidQuestions} from "./groups.js";
import {estimate} from "../shared/format.js";
import {chart} from "../shared/plot.js";

// Okabe & Ito 2008: warm for those who have COVID-19, cold for those who have not.
const colors = ["#d55e00", "#cc79a7", "#0072b2", "#009e73"];
const shapes = [symbolCircle, symbolTriangle, symbolSquare, symbolDiamond2];
const titles = covidQuestions.map(({title}) => title);

/** How many images every run takes for COVID-19, of those who have it and of those who do not: one row for each. */
export const covidRows = (runs: readonly ExternalRun[], classes: readonly string[]) =>
  runs.flatMap((run) =>
    covidQuestions.map((question) => ({
      run: run.run,
      title: run.title,
      group: question.title,
      ...answerOf(run, classes, question)
    }))
  );

/** The share that every run takes for COVID-19 in each of four groups, with its interval as a line. */
export function externalCovid(
  runs: readonly ExternalRun[],
  {width = 720, classes}: {width?: number; classes: string[]}
) {
  const rows = covidRows(runs, classes);
  return chart({
    ariaLabel: "Share of images taken for COVID-19 by every run",
    ariaDescription: rows.map((r) => `${r.title}, ${r.group}: ${estimate(r)}`).join("; "),
    width,
    height: 50 + 78 * runs.length,
    marginLeft: 12,
    marginRight: 16,
    marginTop: 4,
    marginBottom: 40,
    x: {
      domain: [0, 1],
      label: "share taken for COVID-19",
      labelAnchor: "center",
      tickFormat: "%",
      ticks: 5,
      grid: true
    },
    fy: {axis: null, domain: runs.map(({title}) => title), padding: 0},
    y: {axis: null, type: "point", domain: ["", ...titles], padding: 0.4},
    color: {domain: titles, range: colors, legend: false},
    symbol: {domain: titles, range: shapes},
    marks: [
      Plot.text(runs, {
        fy: "title",
        text: "title",
        frameAnchor: "top-left",
        dy: 2,
        lineWidth: width / 13,
        textOverflow: "ellipsis",
        fill: "currentColor"
      }),
      Plot.link(rows, {x1: "low", x2: "high", y: "group", fy: "title", stroke: "group", strokeWidth: 2}),
      Plot.dot(rows, {x: "value", y: "group", fy: "title", fill: "group", symbol: "group", r: 4})
    ]
  });
}

/** What the marks stand for. */
export const covidLegend = (): HTMLElement =>
  html`<div class="legend">
    ${titles.map(
      (title, i) =>
        html`<span
          >${svg`<svg class="class-mark" width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true"><path
            d=${symbol(shapes[i], 60)()}
            fill=${colors[i]}
          ></path></svg>`}
          ${title}</span
        >`
    )}
  </div>`;
