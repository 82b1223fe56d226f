import * as Plot from "@observablehq/plot";
import type {RunDetail} from "../../../src/report/results/artifact.js";
import {classScales, classTitle} from "../shared/classes.js";
import {estimate} from "../shared/format.js";
import {chart} from "../shared/plot.js";

export type CurveKind = "roc" | "precision-recall";

const axes = {
  roc: {x: "false positive rate", y: "recall"},
  "precision-recall": {x: "recall", y: "precision"}
} as const;

const titles = {roc: "Receiver operating characteristic", "precision-recall": "Precision-recall curve"};

/** The points of one curve of each class against the rest. */
const pointsOf = ({curves, perClass}: Pick<RunDetail, "curves" | "perClass">, kind: CurveKind) =>
  curves.flatMap(({falsePositiveRate, truePositiveRate, recall, precision}, k) => {
    const [xs, ys] = kind === "roc" ? [falsePositiveRate, truePositiveRate] : [recall, precision];
    return xs.map((x, i) => ({
      curve: titles[kind],
      class: perClass[k].class,
      [axes[kind].x]: x,
      [axes[kind].y]: ys[i]
    }));
  });

/** Both curves as rows, one per point, for the download. */
export const curveRows = (run: Pick<RunDetail, "curves" | "perClass">) => [
  ...pointsOf(run, "roc"),
  ...pointsOf(run, "precision-recall")
];

/**
 * Receiver operating characteristic or precision-recall curve of each class against the rest: the one straight between
 * its corners, the other in steps, since what lies between two of its points cannot be had (Davis & Goadrich 2006).
 */
export function rankingCurves(
  run: Pick<RunDetail, "curves" | "perClass">,
  {kind, width = 420, classes}: {kind: CurveKind; width?: number; classes: string[]}
) {
  const {x, y} = axes[kind];
  const areas = run.perClass.map((c) => ({name: c.class, area: kind === "roc" ? c.rocAuc : c.averagePrecision}));
  return chart({
    ariaLabel: titles[kind],
    ariaDescription:
      "Area under the curve: " +
      `${areas.map(({name, area}) => `${classTitle(name)} ${area ? estimate(area) : "not defined"}`).join("; ")}.`,
    width,
    height: Math.min(width, 380),
    marginLeft: 44,
    marginBottom: 38,
    marginTop: 26,
    x: {domain: [0, 1], label: `${x} →`, ticks: 5, grid: true},
    y: {domain: [0, 1], label: `↑ ${y}`, ticks: 5, grid: true},
    color: classScales(classes).color,
    marks: [
      kind === "roc" ? Plot.link([0], {x1: 0, y1: 0, x2: 1, y2: 1, strokeOpacity: 0.4, strokeDasharray: "3 3"}) : null,
      Plot.line(pointsOf(run, kind), {
        ...{x, y, z: "class", stroke: "class", strokeWidth: 1.8},
        curve: kind === "roc" ? "linear" : "step-before"
      })
    ]
  });
}
