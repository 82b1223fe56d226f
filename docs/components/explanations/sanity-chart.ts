import * as Plot from "@observablehq/plot";
import type {ExplanationsArtifact} from "../../../src/report/explanations/artifact.js";
import {estimate, percent, score} from "../shared/format.js";
import {chart} from "../shared/plot.js";
import {startScales} from "../pretraining/starts.js";

/** A run whose layers were made random, with what it started from. */
export type Cascade = ExplanationsArtifact["sanity"][number] & {start: string};
export type Similarity = "spearman" | "ssim";

/** One row a run and stage of the cascade. */
export const sanityRows = (runs: readonly Cascade[], measure: Similarity) =>
  runs.flatMap(({run, title, start, cascade}) =>
    cascade.map(({share, layer, empty, ...similarities}) => ({
      ...{run, title, start, share, layer, empty},
      ...similarities[measure]
    }))
  );

/** The range of what is left of the similarity without the head, and of what is left without any trained layer. */
export function describeSanity(runs: readonly Cascade[], measure: Similarity): string {
  const range = (at: 0 | -1) => {
    const values = runs.map(({cascade}) => cascade.at(at)![measure].value);
    return `${score(Math.min(...values))} to ${score(Math.max(...values))}`;
  };
  const name = measure === "spearman" ? "rank correlation" : "structural similarity";
  return (
    `The ${name} with the trained network’s maps falls from 1 to ${range(0)} when only the head is ` +
    `random, and to ${range(-1)} when every layer is.`
  );
}

/**
 * Similarity of the maps to those of the trained network against the share of its layers that are random, a line a run.
 */
export function sanityChart(
  runs: readonly Cascade[],
  {width = 420, measure, starts}: {width?: number; measure: Similarity; starts: string[]}
) {
  const rows = sanityRows(runs, measure);
  const begin = runs.map(({title, start}) => ({title, start, share: 0, value: 1}));
  const colored = {x: "share", stroke: "start"};
  return chart({
    ariaLabel: "Similarity of maps as layers become random",
    ariaDescription: runs
      .map(({title, cascade}) => {
        const [first, last] = [cascade[0], cascade[cascade.length - 1]];
        return (
          `${title}: ${estimate(first[measure])} without the head, ${estimate(last[measure])} with all ` +
          "layers random"
        );
      })
      .join("; "),
    width,
    height: 240,
    marginLeft: 36,
    marginBottom: 36,
    x: {label: "layers that are random, from the output →", labelAnchor: "right", tickFormat: ".0%", ticks: 5},
    y: {label: null, domain: [-0.2, 1], grid: true, ticks: 6},
    color: {...startScales(starts).color, legend: false},
    marks: [
      Plot.ruleY([0]),
      Plot.line([...begin, ...rows], {...colored, y: "value", z: "title", strokeWidth: 1.6}),
      Plot.link(rows, {...colored, y1: "low", y2: "high", strokeOpacity: 0.6}),
      Plot.dot(rows, {
        ...{...colored, y: "value", r: 2.5, fill: "start"},
        title: (d: (typeof rows)[number]) =>
          `${d.title}, random down to ${d.layer} (${percent(d.share, 0)}): ${estimate(d)}`
      })
    ]
  });
}
