import * as Plot from "@observablehq/plot";
import type {RunDetail} from "../../src/loaders/types.js";
import {classScales, classTitle} from "./classes.js";
import {estimate} from "./format.js";
import {chart} from "./plot.js";

export type CurveKind = "roc" | "precision-recall";

const axes = {
  roc: {x: "falsePositiveRate", y: "truePositiveRate", xLabel: "false positive rate →", yLabel: "↑ recall"},
  "precision-recall": {x: "truePositiveRate", y: "precision", xLabel: "recall →", yLabel: "↑ precision"}
} as const;

/** The curves of each class against the rest as rows, one per point: for the charts and the download. */
export const curveRows = ({curves, perClass}: Pick<RunDetail, "curves" | "perClass">) =>
  curves.flatMap(({falsePositiveRate, truePositiveRate, precision}, k) =>
    truePositiveRate.map((recall, i) => ({
      class: perClass[k].class,
      falsePositiveRate: falsePositiveRate[i],
      truePositiveRate: recall,
      precision: precision[i]
    }))
  );

/** Receiver operating characteristic or precision-recall curve of each class against the rest. */
export function rankingCurves(
  run: Pick<RunDetail, "curves" | "perClass">,
  {kind, width = 420, classes}: {kind: CurveKind; width?: number; classes: string[]}
) {
  const {x, y, xLabel, yLabel} = axes[kind];
  const areas = run.perClass.map((c) => ({name: c.class, area: kind === "roc" ? c.rocAuc : c.averagePrecision}));
  return chart({
    ariaLabel: kind === "roc" ? "Receiver operating characteristic" : "Precision-recall curve",
    ariaDescription: `Area under the curve: ${areas.map(({name, area}) => `${classTitle(name)} ${area ? estimate(area) : "not defined"}`).join("; ")}.`,
    width,
    height: Math.min(width, 380),
    marginLeft: 44,
    marginBottom: 38,
    marginTop: 26,
    x: {domain: [0, 1], label: xLabel, ticks: 5, grid: true},
    y: {domain: [0, 1], label: yLabel, ticks: 5, grid: true},
    color: classScales(classes).color,
    marks: [
      kind === "roc" ? Plot.link([0], {x1: 0, y1: 0, x2: 1, y2: 1, strokeOpacity: 0.4, strokeDasharray: "3 3"}) : null,
      Plot.line(curveRows(run), {x, y, z: "class", stroke: "class", strokeWidth: 1.8})
    ]
  });
}
