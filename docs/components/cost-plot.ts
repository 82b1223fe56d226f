import * as Plot from "@observablehq/plot";
import type {CostArtifact} from "../../src/loaders/types.js";
import {estimate, magnitude} from "./format.js";
import {chart} from "./plot.js";

/** What can be paid: multiplications or milliseconds for an image, seconds of training. */
export const prices = {
  macs: "Multiplications for an image",
  milliseconds: "Milliseconds for an image, 32 at a time",
  parameters: "Parameters",
  seconds: "Seconds of training"
} as const;
export type Price = keyof typeof prices;

/** The best run of each network and start with its price, as far as it is known. */
export const costRows = ({networks, runs}: CostArtifact, price: Price) =>
  runs.flatMap((run) => {
    const network = networks.find(({model}) => model === run.model);
    const paid = {
      macs: network?.cost.macs,
      parameters: network?.cost.parameters,
      milliseconds: network?.inference?.find(({batch}) => batch === 32)?.median,
      seconds: run.seconds
    }[price];
    return run.leads && paid !== undefined ? [{run: run.run, title: run.title, price: paid, ...run.macroF1}] : [];
  });

/** Macro F1 on the test images, with its 95% interval, against what it costs. */
export function costPlot(artifact: CostArtifact, {width = 640, price}: {width?: number; price: Price}) {
  const rows = costRows(artifact, price);
  return chart({
    ariaLabel: `Macro F1 against ${prices[price].toLowerCase()}`,
    ariaDescription: rows.map((r) => `${r.title}: ${magnitude(r.price)}, macro F1 ${estimate(r)}`).join("; "),
    width,
    height: 380,
    marginLeft: 44,
    marginRight: 24,
    marginBottom: 40,
    x: {type: "log", label: `${prices[price]} →`, tickFormat: magnitude, ticks: 4, nice: true},
    y: {label: "↑ macro F1", grid: true, nice: true},
    marks: [
      Plot.ruleX(rows, {x: "price", y1: "low", y2: "high", strokeWidth: 1.8}),
      Plot.dot(rows, {x: "price", y: "value", r: 4.5, fill: "currentColor", stroke: "var(--theme-background)"}),
      Plot.tip(rows, Plot.pointer({x: "price", y: "value", title: (r: (typeof rows)[number]) => `${r.title}\n${estimate(r)}`})), // prettier-ignore
      Plot.text(rows, {x: "price", y: "value", text: "title", dy: -10, lineAnchor: "bottom", lineWidth: 12, fill: "currentColor", stroke: "var(--theme-background)", strokeWidth: 4}) // prettier-ignore
    ]
  });
}
