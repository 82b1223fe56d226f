import * as Plot from "@observablehq/plot";
import type {ExternalArtifact, ExternalRun} from "../../../src/report/external/artifact.js";
import {classScales, classTitle} from "../shared/classes.js";
import {takenRows} from "./groups.js";
import {count, share} from "../shared/format.js";
import {chart} from "../shared/plot.js";

/** What a run takes the images of every group for: one bar a group, shared out between the study's classes. */
export function externalBars(artifact: ExternalArtifact, run: ExternalRun, {width = 720}: {width?: number} = {}) {
  const rows = takenRows(artifact, run);
  const groups = [...new Set(rows.map(({group}) => group))];
  const {color} = classScales(artifact.classes);
  return chart({
    ariaLabel: `What ${run.title} takes the images of every group for`,
    ariaDescription: rows
      .filter(({k}) => k! > 0)
      .map((r) => `${r.group} as ${classTitle(r.taken_for)}: ${share(r.k!, r.n!)}`)
      .join("; "),
    width,
    height: 50 + 44 * groups.length,
    marginLeft: 12,
    marginRight: 16,
    marginTop: 4,
    marginBottom: 40,
    x: {domain: [0, 1], label: "share of the group’s images", labelAnchor: "center", tickFormat: "%", ticks: 5},
    y: {axis: null, domain: groups, padding: 0},
    color: {...color, legend: false},
    marks: [
      Plot.barX(rows, {
        x: "value",
        y: "group",
        fill: "taken_for",
        order: artifact.classes,
        insetTop: 21,
        insetBottom: 3,
        insetRight: 1,
        title: (d: (typeof rows)[number]) => `${classTitle(d.taken_for)}: ${share(d.k!, d.n!)}`,
        tip: {format: {x: false, y: false, fill: false}}
      }),
      Plot.text(
        rows,
        Plot.stackX({
          x: "value",
          y: "group",
          z: "taken_for",
          order: artifact.classes,
          text: (d: (typeof rows)[number]) => (d.value * width > 34 ? count(d.k!) : ""),
          dy: 9,
          fill: "currentColor",
          stroke: "var(--theme-background)",
          strokeWidth: 3
        })
      ),
      Plot.text(groups, {
        x: 0,
        y: (d: string) => d,
        text: (d: string) => d,
        textAnchor: "start",
        dy: -11,
        fill: "currentColor"
      })
    ]
  });
}
