import * as Plot from "@observablehq/plot";
import type {FeatureChangeArtifact} from "../../../src/report/pretraining/artifact.js";
import {percent, score} from "../shared/format.js";
import {chart} from "../shared/plot.js";

type Run = FeatureChangeArtifact["runs"][number];
type Pair = FeatureChangeArtifact["pairs"][number];

/** Lines by depth of one chart: each with a name of its own, and with what it is coloured by. */
export interface DepthLine extends Pick<Run, "network" | "layers" | "lowest" | "highest" | "fraction"> {
  name: string;
  group: string;
}

/** A run's first features with its last: a line a run, coloured by its start. */
export const changeLine = ({title, start, ...line}: Run): DepthLine => ({...line, name: title, group: start});

/** The last features of two runs: a line a pair, coloured by what differs. */
export const pairLine = ({a, b, ...line}: Pair): DepthLine => ({...line, name: `${a} and ${b}`, group: kindOf(line)});

const seedsOf = (start: string): string => `${start}, two seeds`;

/** What two runs are: "ImageNet and random" or, where only the seeds differ, "random, two seeds". */
const kindOf = ({starts: [a, b]}: Pick<Pair, "starts">): string => (a === b ? seedsOf(a) : `${a} and ${b}`);

/** All that pairs may be, in the order of their colours: two seeds of a start have the start's. */
export const pairKinds = (starts: readonly string[], pairs: readonly DepthLine[]): string[] => [
  ...new Set([...starts.map(seedsOf), ...pairs.map(({group}) => group)])
];

/** One row a line and layer: for the chart and the download. */
export const depthRows = (lines: readonly DepthLine[]) =>
  lines.flatMap(({name, group, fraction, layers}) => layers.map((layer) => ({name, group, fraction, ...layer})));

export interface DepthOptions {
  width?: number;
  /** What is compared: the chart's name. */
  label: string;
  color: Plot.ScaleOptions;
}

/** CKA by depth; lines of runs on a part of the images are dashed. */
export function depthChart(lines: readonly DepthLine[], {width = 420, label, color}: DepthOptions) {
  const rows = depthRows(lines);
  const drawn = (whole: boolean, strokeDasharray?: string) =>
    Plot.line(
      rows.filter(({fraction}) => (fraction === 1) === whole),
      {x: "depth", y: "cka", z: "name", stroke: "group", strokeWidth: 1.6, strokeDasharray}
    );
  return chart({
    ariaLabel: label,
    ariaDescription: lines
      .map((line) => `${line.name}: ${score(line.lowest)} in the lowest third, ${score(line.highest)} in the highest`)
      .join("; "),
    width,
    height: 240,
    marginLeft: 36,
    marginBottom: 36,
    x: {label: "depth →", labelAnchor: "right", domain: [0, 1], tickFormat: ".0%", ticks: 5},
    y: {label: null, domain: [Math.min(0, ...rows.map(({cka}) => cka)), 1], ticks: 5, grid: true},
    color: {...color, legend: false},
    marks: [
      drawn(true),
      drawn(false, "4 3"),
      Plot.dot(rows, {x: "depth", y: "cka", fill: "group", r: 2}),
      Plot.tip(
        rows,
        Plot.pointer({
          x: "depth",
          y: "cka",
          title: (r: (typeof rows)[number]) => `${r.name}\n${r.layer}, depth ${percent(r.depth, 0)}: ${score(r.cka)}`
        })
      )
    ]
  });
}
