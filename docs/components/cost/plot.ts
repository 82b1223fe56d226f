import * as Plot from "@observablehq/plot";
import {extent, greatest, groups, scaleLinear, scaleLog} from "d3";
import type {CostArtifact} from "../../../src/report/cost/artifact.js";
import {type Deal, costRows, goods} from "./prices.js";
import {estimate, magnitude, ratio} from "../shared/format.js";
import {labelLevels} from "../shared/label-levels.js";
import {chart, narrow} from "../shared/plot.js";
import {startScales} from "../pretraining/starts.js";

type Row = ReturnType<typeof costRows>[number];
interface CostPlotOptions extends Deal {
  width?: number;
  /** In the order of their colours. */
  starts: string[];
}

const [left, right, line] = [44, 24, 15];

/** A score on the test images, with its 95% interval, against what it costs, in the colour of the start. */
export function costPlot(artifact: CostArtifact, {width = 640, starts, ...deal}: CostPlotOptions) {
  const rows = costRows(artifact, deal);
  const [title, good] = [deal.price.title, goods[deal.good]];
  const {color, symbol} = startScales(starts);
  const xy = {x: "price", y: "value"};
  const x = scaleLog(extent(rows, ({price}) => price) as [number, number], [left, width - right]).nice();
  const y = scaleLinear(extent(rows.flatMap(({low, high}) => [low, high])) as [number, number], [1, 0]).nice();
  const top = y.domain()[1];
  // Starts stand side by side, so that their intervals do not cover each other.
  const beside = (start: string) => 9 * (starts.indexOf(start) - (starts.length - 1) / 2);
  // One name for all starts of a network that cost the same, above the plot; a thin line leads to the highest interval.
  const named = groups(rows, ({label, price}) => `${label} ${price}`).map(([, same]) =>
    greatest(same, ({high}) => high)!
  );
  const places = labelLevels(
    named.map((row) => ({x: x(row.price) + beside(row.start), text: row.label})),
    width
  );
  const marginTop = 30 + line * Math.max(0, ...places.map(({level}) => level));
  const names = named.flatMap((row, i) => {
    const {anchor, level} = places[i];
    const [dx, dy] = [beside(row.start), -6 - line * level];
    return [
      Plot.ruleX([row], {x: "price", y1: top, y2: "high", dx, insetTop: dy - 9, strokeOpacity: 0.35}),
      Plot.text([row], {
        x: "price",
        y: top,
        text: "label",
        textAnchor: anchor,
        dx: dx + (anchor === "start" ? 3 : -3),
        dy,
        lineAnchor: "bottom",
        fill: "currentColor"
      })
    ];
  });
  return chart({
    ariaLabel: `${good} against ${title.toLowerCase()}`,
    ariaDescription: rows.map((r) => `${r.title}: ${magnitude(r.price)}, ${good} ${estimate(r)}`).join("; "),
    width,
    height: 350 + marginTop,
    marginLeft: left,
    marginRight: right,
    marginTop,
    marginBottom: 40,
    x: {type: "log", domain: x.domain(), label: `${title} →`, tickFormat: magnitude, ticks: width < narrow ? 3 : 5},
    y: {label: good, labelAnchor: "center", domain: y.domain(), grid: true, ticks: 6},
    color: {...color, legend: false},
    symbol,
    marks: [
      ...names,
      ...starts.flatMap((start) => {
        const [own, dx] = [rows.filter((row) => row.start === start), beside(start)];
        return [
          Plot.ruleX(own, {x: "price", y1: "low", y2: "high", stroke: "start", strokeWidth: 1.8, dx}),
          Plot.dot(own, {...xy, r: 5, fill: "start", symbol: "start", stroke: "var(--theme-background)", dx})
        ];
      }),
      Plot.tip(
        rows,
        Plot.pointer({...xy, title: (r: Row) => `${r.title}\n${magnitude(r.price)}\n${estimate(r)} ${ratio(r)}`})
      )
    ]
  });
}
