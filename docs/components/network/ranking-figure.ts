import {html} from "htl";
import type {RunDetail} from "../../../src/report/results/artifact.js";
import {cite} from "../shared/cite.js";
import {classLegend, className} from "../shared/classes.js";
import {figure} from "../shared/figure.js";
import {estimate, list} from "../shared/format.js";
import {panels} from "../shared/panels.js";
import {type CurveKind, curveRows, rankingCurves} from "./ranking-curves.js";

interface RankingOptions {
  classes: string[];
  /** Draws a chart as wide as there is room: Framework's `resize`. */
  resize: (draw: (width: number) => Element) => Node;
}

/** Both curves of each class against the rest, with the areas under them. */
export function rankingFigure(run: RunDetail, {classes, resize}: RankingOptions): HTMLElement {
  const precisions = run.perClass.map(
    (c) => `${c.averagePrecision ? estimate(c.averagePrecision) : "not defined"} (${className(c.class)})`
  );
  const curves = (kind: CurveKind) => resize((width) => rankingCurves(run, {kind, width, classes}));
  return figure(
    {
      name: "rankings",
      title: "Receiver operating characteristic and precision-recall curve of each class",
      caption: html`<span
        >Each class against all others. Areas under the left curves are in the table above; those under the right ones,
        the average precision, are ${list(precisions)}. The right ones are drawn in steps: a straight line between two
        of their points would show what no threshold gives (${cite("davis-2006")}).</span
      >`,
      source: run.source,
      data: curveRows(run)
    },
    classLegend(classes),
    panels(curves("roc"), curves("precision-recall"))
  );
}
