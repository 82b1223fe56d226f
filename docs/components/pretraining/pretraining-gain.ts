import * as Plot from "@observablehq/plot";
import type {Gain, PretrainingArtifact} from "../../../src/report/pretraining/artifact.js";
import {difference} from "../claims/comparisons.js";
import {percent, plural, score} from "../shared/format.js";
import {chart} from "../shared/plot.js";

export type Pair = PretrainingArtifact["pairs"][number];

/** "Xception from ImageNet", with the share of the images where it is not all. */
export const pairTitle = ({network, start, fraction}: Pair): string =>
  `${network} from ${start}${fraction < 1 ? `, ${percent(fraction, 0)} of the images` : ""}`;

/** The pairs that start from ImageNet. */
export const fromImageNet = (pairs: readonly Pair[]): Pair[] => pairs.filter(({start}) => start === "ImageNet");

/** Those of them that see all images, which the answer is about. */
export const wholeFromImageNet = (pairs: readonly Pair[]): Pair[] =>
  fromImageNet(pairs).filter(({fraction}) => fraction === 1);

/** The interval that a verdict rests on: over seeds where there are several, else over the test images. */
export const deciding = ({seeds, spread}: Gain) =>
  spread.interval ? {value: spread.mean, ...spread.interval} : {...seeds[0].difference, value: spread.mean};

/** Each pair in words. */
export const describePair = (pair: Pair): string =>
  pair.spread.interval
    ? `${pairTitle(pair)}: ${difference(deciding(pair))} over ${plural(pair.spread.n, "seed")}, from ` +
      `${score(pair.spread.min)} to ${score(pair.spread.max)}`
    : `${pairTitle(pair)}: ${difference(deciding(pair))}, one seed`;

/** Pairs seed by seed as rows: for the chart and the download. */
export const pairRows = (pairs: readonly Pair[]) =>
  pairs.flatMap((pair) => pair.seeds.map(({difference: d, ...seed}) => ({pair: pairTitle(pair), ...seed, ...d})));

/**
 * How much better than from random weights each run ends, with the images' intervals, and the seeds' mean with its own.
 */
export function pretrainingGain(pairs: readonly Pair[], {width = 640}: {width?: number} = {}) {
  const rows = pairRows(pairs);
  const means = pairs.flatMap((pair) => (pair.spread.interval ? [{pair: pairTitle(pair), ...deciding(pair)}] : []));
  return chart({
    ariaLabel: "Gain in macro F1 over random weights",
    ariaDescription: pairs.map(describePair).join("; "),
    width,
    // All pairs have the same height, in which the seeds stand below the title.
    height: 48 + pairs.length * (28 + 9 * Math.max(0, ...pairs.map(({seeds}) => seeds.length))),
    marginLeft: 16,
    marginTop: 8,
    marginBottom: 40,
    x: {
      label: "macro F1 less that from random weights →",
      labelAnchor: "center",
      grid: true,
      nice: true,
      ticks: width < 480 ? 4 : 8,
      tickFormat: "+f"
    },
    fy: {axis: null, domain: pairs.map(pairTitle), padding: 0},
    y: {axis: null, type: "point", padding: 0.5, insetTop: 20},
    marks: [
      Plot.ruleX([0], {strokeDasharray: "3 3"}),
      Plot.text(pairs, {
        fy: pairTitle,
        text: pairTitle,
        frameAnchor: "top-left",
        dy: 4,
        fill: "currentColor",
        stroke: "var(--theme-background)",
        strokeWidth: 4
      }),
      Plot.link(rows, {x1: "low", x2: "high", y: "seed", fy: "pair", strokeWidth: 1.5, strokeOpacity: 0.6}),
      Plot.dot(rows, {x: "value", y: "seed", fy: "pair", r: 3.5, fill: "currentColor"}),
      Plot.rect(means, {x1: "low", x2: "high", fy: "pair", fill: "currentColor", fillOpacity: 0.1}),
      Plot.ruleX(means, {x: "value", fy: "pair", strokeWidth: 2})
    ]
  });
}
