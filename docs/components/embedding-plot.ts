import * as Plot from "@observablehq/plot";
import {classScales, classTitle, outcomeColors} from "./classes.js";
import {chart} from "./plot.js";
import type {Point} from "./selection.js";

export interface MapOptions {
  width?: number;
  classes: string[];
  /** What the colour shows. The symbol always shows the true class. */
  color?: "class" | "outcome";
  /** Told of the points in the brushed rectangle, all of them where there is none. */
  onselect?: (selected: Point[]) => void;
}

/** The scatter of a map without its interaction: distances between far points mean nothing, so that there are no axes. */
export function embeddingPlot(all: readonly Point[], {width = 640, classes, color = "class"}: MapOptions) {
  const wrong = (p: Point) => p.actual !== p.predicted;
  const scales = classScales(classes);
  const fill = color === "class" ? "actual" : (p: Point) => (wrong(p) ? "wrong" : "right");
  return chart({
    ariaLabel: "t-SNE map of the test images",
    ariaDescription: `${all.length} test images as points, close where the network's features are alike; ${all.filter(wrong).length} were predicted wrong.`,
    width,
    height: Math.min(width, 620),
    margin: 10,
    x: {axis: null, inset: 8},
    y: {axis: null, inset: 8},
    ...scales,
    color: color === "class" ? scales.color : {domain: Object.keys(outcomeColors), range: Object.values(outcomeColors)},
    marks: [
      Plot.frame({strokeOpacity: 0.25}),
      Plot.dot(color === "outcome" ? [...all].sort((a, b) => +wrong(a) - +wrong(b)) : all, {
        x: "x",
        y: "y",
        fill,
        symbol: "actual",
        r: width < 480 ? 2.6 : 3.4,
        fillOpacity: 0.8,
        title: (p: Point) => `row ${p.row}: ${classTitle(p.actual)}, predicted ${classTitle(p.predicted)}`
      })
    ]
  }) as SVGSVGElement & Plot.Plot;
}
