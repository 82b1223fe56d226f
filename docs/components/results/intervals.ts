import * as Plot from "@observablehq/plot";
import {estimate, score} from "../shared/format.js";
import {type Kind, type Line, type Metric, metricTitles} from "../claims/headline.js";
import {chart} from "../shared/plot.js";

const symbols: Record<Kind, string> = {
  trained: "circle",
  ensemble: "star",
  probe: "diamond",
  baseline: "square",
  cited: "times"
};

/** One score of every run, with its 95% interval as a line; cited figures have no interval and another mark. */
export function intervalPlot(lines: Line[], {width = 640, metric = "macroF1"}: {width?: number; metric?: Metric} = {}) {
  const rows = lines.map(({kind, title, scores}, i) => ({i, kind, title, ...scores[metric]}));
  const own = rows.filter(({kind}) => kind !== "cited");
  const values = rows.flatMap(({value, low, high}) => [value, low, high]).filter(Number.isFinite);
  return chart({
    ariaLabel: `${metricTitles[metric]} of every run`,
    ariaDescription: rows
      .map((r) => `${r.title}: ${Number.isFinite(r.low) ? estimate(r) : score(r.value, 3)}`)
      .join("; "),
    width,
    height: 60 + (rows.length > 12 ? 34 : 46) * rows.length,
    marginLeft: 16,
    marginRight: 24,
    marginTop: 8,
    marginBottom: 40,
    x: {
      domain: [Math.floor(Math.min(...values) * 20 - 0.5) / 20, Math.min(1, Math.ceil(Math.max(...values) * 20) / 20)],
      label: metricTitles[metric],
      labelAnchor: "center",
      grid: true,
      ticks: width < 480 ? 4 : 8,
      tickFormat: "f"
    },
    y: {axis: null, type: "point", domain: rows.map(({i}) => i), padding: 0.5},
    symbol: {domain: Object.keys(symbols), range: Object.values(symbols)},
    marks: [
      Plot.link(own, {x1: "low", x2: "high", y: "i", strokeWidth: 2.5, strokeLinecap: "round", dy: 8}),
      Plot.dot(own, {
        x: "value",
        y: "i",
        symbol: "kind",
        r: 5,
        fill: "currentColor",
        stroke: "var(--theme-background)",
        dy: 8
      }),
      Plot.dot(
        rows.filter(({kind}) => kind === "cited"),
        {x: "value", y: "i", symbol: "kind", r: 4.5, stroke: "var(--theme-foreground-muted)", strokeWidth: 2, dy: 8}
      ),
      Plot.text(rows, {
        y: "i",
        frameAnchor: "left",
        text: (d: {title: string; kind: Kind}) => (d.kind === "cited" ? `${d.title} (cited)` : d.title),
        fill: "currentColor",
        stroke: "var(--theme-background)",
        strokeWidth: 4,
        dy: -9
      })
    ]
  });
}
