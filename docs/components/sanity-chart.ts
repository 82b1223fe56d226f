import * as Plot from "@observablehq/plot";
import type {ExplanationsArtifact} from "../../src/loaders/types.js";
import {estimate, percent} from "./format.js";
import {chart} from "./plot.js";

type Runs = ExplanationsArtifact["sanity"];
export type Similarity = "spearman" | "ssim";

/** One row a run and stage of the cascade. */
export const sanityRows = (runs: Runs, measure: Similarity) =>
  runs.flatMap(({run, title, cascade}) =>
    cascade.map(({share, layer, empty, ...similarities}) => ({
      run,
      title,
      share,
      layer,
      empty,
      ...similarities[measure]
    }))
  );

/** Similarity of the maps to those of the trained network against the share of its layers that are random. */
export function sanityChart(runs: Runs, {width = 640, measure}: {width?: number; measure: Similarity}) {
  const rows = sanityRows(runs, measure);
  const label = measure === "spearman" ? "rank correlation" : "structural similarity";
  const start = runs.map(({title}) => ({title, share: 0, value: 1}));
  const xy = {x: "share", y: "value"};
  return chart({
    ariaLabel: `Similarity of maps as layers become random: ${label}`,
    ariaDescription: runs
      .map(({title, cascade}) => {
        const [first, last] = [cascade[0], cascade[cascade.length - 1]];
        return `${title}: ${estimate(first[measure])} without the head, ${estimate(last[measure])} with all layers random`;
      })
      .join("; "),
    width,
    height: 310,
    marginTop: 24,
    marginBottom: 40,
    marginRight: 20,
    x: {label: "layers that are random, from the output downwards →", labelAnchor: "right", tickFormat: ".0%"},
    y: {label: `${label} with the trained network’s maps`, grid: true},
    symbol: {legend: true, domain: runs.map(({title}) => title)},
    marks: [
      Plot.ruleY([0]),
      Plot.line([...start, ...rows], {...xy, z: "title"}),
      Plot.link(rows, {x: "share", y1: "low", y2: "high", strokeOpacity: 0.5}),
      Plot.dot(rows, {
        ...xy,
        symbol: "title",
        fill: "var(--theme-background)",
        stroke: "currentColor",
        title: (d: (typeof rows)[number]) =>
          `${d.title}, random down to ${d.layer} (${percent(d.share, 0)}): ${estimate(d)}`
      })
    ]
  });
}
