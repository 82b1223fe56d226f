import * as Plot from "@observablehq/plot";
import {greatest, groups} from "d3";
import type {CostArtifact} from "../../src/loaders/types.js";
import {type Deal, costRows, goods} from "./cost-prices.js";
import {estimate, magnitude, ratio} from "./format.js";
import {chart, narrow} from "./plot.js";
import {startScales} from "./starts.js";

type Row = ReturnType<typeof costRows>[number];
interface CostPlotOptions extends Deal {
  width?: number;
  /** In the order of their colours. */
  starts: string[];
}

/** A score on the test images, with its 95% interval, against what it costs, in the colour of the start. */
export function costPlot(artifact: CostArtifact, {width = 640, starts, ...deal}: CostPlotOptions) {
  const rows = costRows(artifact, deal);
  const [title, good] = [deal.price.title, goods[deal.good]];
  const {color, symbol} = startScales(starts);
  const xy = {x: "price", y: "value"};
  // One name for all starts of a network that cost the same, above the highest.
  const named = groups(rows, ({label, price}) => `${label} ${price}`).map(([, same]) =>
    greatest(same, ({high}) => high)!
  );
  const isBelow = ({start}: Row) => starts.indexOf(start) % 2 === 0;
  const name = {
    x: "price",
    text: "label",
    lineWidth: 7,
    fill: "currentColor",
    stroke: "var(--theme-background)",
    strokeWidth: 4
  };
  return chart({
    ariaLabel: `${good} against ${title.toLowerCase()}`,
    ariaDescription: rows.map((r) => `${r.title}: ${magnitude(r.price)}, ${good} ${estimate(r)}`).join("; "),
    width,
    height: 380,
    marginLeft: 44,
    marginRight: 24,
    marginBottom: 40,
    x: {type: "log", label: `${title} →`, tickFormat: magnitude, ticks: width < narrow ? 3 : 5, nice: true},
    y: {label: `↑ ${good}`, grid: true, nice: true, ticks: 6, inset: 12},
    color: {...color, legend: false},
    symbol,
    marks: [
      // Starts stand side by side, so that their intervals do not cover each other.
      ...starts.flatMap((start, i) => {
        const [own, dx] = [rows.filter((row) => row.start === start), 9 * (i - (starts.length - 1) / 2)];
        return [
          Plot.ruleX(own, {x: "price", y1: "low", y2: "high", stroke: "start", strokeWidth: 1.8, dx}),
          Plot.dot(own, {...xy, r: 5, fill: "start", symbol: "start", stroke: "var(--theme-background)", dx})
        ];
      }),
      // In turn below and above, so that near runs of two starts have their names apart.
      Plot.text(
        named.filter((row) => !isBelow(row)),
        {...name, y: "high", dy: -6, lineAnchor: "bottom"}
      ),
      Plot.text(named.filter(isBelow), {...name, y: "low", dy: 6, lineAnchor: "top"}),
      Plot.tip(
        rows,
        Plot.pointer({...xy, title: (r: Row) => `${r.title}\n${magnitude(r.price)}\n${estimate(r)} ${ratio(r)}`})
      )
    ]
  });
}
