import * as Plot from "@observablehq/plot";
import {extent} from "d3";
import type {FinderArtifact} from "../../../src/report/training/artifact.js";
import {fromColumns} from "../shared/csv.js";
import {exponential} from "../shared/format.js";
import {chart} from "../shared/plot.js";

/**
 * Loss against a learning rate that grows from step to step: dots are batches, the line is smoothed, a rule marks the
 * rate suggested.
 */
export function finderPlot(
  {phase, rates, losses, smoothed, suggestion}: FinderArtifact,
  {width = 420}: {width?: number} = {}
) {
  const points = fromColumns({rates, losses, smoothed});
  const suggested = suggestion === null ? [] : [{rate: suggestion, text: exponential(suggestion)}];
  const [low = 0, high = 1] = extent(smoothed);
  const margin = 0.15 * (high - low) || 1;
  return chart({
    ariaLabel: `Learning-rate finder, phase “${phase}”`,
    ariaDescription: describeFinder({phase, rates, losses, smoothed, suggestion}),
    width,
    height: 220,
    marginTop: 30,
    marginBottom: 36,
    marginLeft: 40,
    x: {type: "log", label: "learning rate →", labelAnchor: "right", ticks: Math.floor(width / 80), tickFormat: "~e"},
    y: {label: "loss", grid: true, ticks: 4, domain: [low - margin, high + margin]},
    marks: [
      Plot.dot(points, {x: "rates", y: "losses", r: 1.2, fill: "currentColor", fillOpacity: 0.35, clip: true}),
      Plot.line(points, {x: "rates", y: "smoothed", strokeWidth: 1.8}),
      Plot.ruleX(suggested, {x: "rate", strokeDasharray: "4 3", stroke: "var(--theme-foreground-focus)"}),
      Plot.text(suggested, {
        x: "rate",
        text: "text",
        frameAnchor: "top",
        dy: -16,
        fill: "var(--theme-foreground-focus)"
      })
    ]
  });
}

/** What a search found, in a sentence. */
export function describeFinder({phase, rates, smoothed, suggestion}: FinderArtifact): string {
  const tried =
    `Phase “${phase}”: ${rates.length} rates from ${exponential(rates[0])} to ` +
    `${exponential(rates[rates.length - 1])}`;
  if (suggestion === null) return `${tried}, too few to suggest one.`;
  const lowest = rates[smoothed.indexOf(Math.min(...smoothed))];
  return (
    `${tried}. The smoothed loss falls fastest at ${exponential(suggestion)} and is lowest at ` +
    `${exponential(lowest)}.`
  );
}
