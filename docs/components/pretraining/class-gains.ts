import * as Plot from "@observablehq/plot";
import type {ClassGains, Gain} from "../../../src/report/pretraining/artifact.js";
import {classTitle} from "../shared/classes.js";
import {difference} from "../claims/comparisons.js";
import {chart} from "../shared/plot.js";
import {deciding} from "./pretraining-gain.js";

export type Measure = "recall" | "f1";
export const measureTitles: Record<Measure, string> = {recall: "Recall", f1: "F1"};

/** What a gain rests on: its seeds, and its interval. */
const row = (network: string, gain: Gain) => {
  const {value, low, high} = deciding(gain);
  return {network, seeds: gain.spread.n, value, low, high, settled: low > 0 || high < 0};
};

/** One line for each class and network, and for F1 also for the mean over all classes but the rarest. */
export const classGainRows = (gains: readonly ClassGains[], measure: Measure) => {
  const names = gains[0]?.classes.map((one) => one.class) ?? [];
  const without = ({rarest, network, others}: ClassGains) =>
    rarest === null ? [] : [{group: `Mean without ${classTitle(rarest)}`, measure, ...row(network, others)}];
  const rest = measure === "f1" ? gains.flatMap(without) : [];
  const ofClass = (name: string) =>
    gains.map(({network, classes}) => ({
      ...{group: classTitle(name), measure},
      ...row(network, classes.find((one) => one.class === name)![measure])
    }));
  return [...names.flatMap(ofClass), ...rest];
};

/** What ImageNet adds in each class: filled where the interval leaves zero out, hollow where it does not. */
export function classGainPlot(gains: readonly ClassGains[], measure: Measure, {width = 420}: {width?: number} = {}) {
  const rows = classGainRows(gains, measure);
  const groups = [...new Set(rows.map(({group}) => group))];
  return chart({
    ariaLabel: `Gain in ${measureTitles[measure]} by class`,
    ariaDescription: rows.map((one) => `${one.group}, ${one.network}: ${difference(one)}`).join("; "),
    width,
    height: 50 + groups.length * (30 + 18 * gains.length),
    marginLeft: 132,
    marginTop: 4,
    marginBottom: 40,
    x: {
      label: "← random better | ImageNet better →",
      labelAnchor: "center",
      grid: true,
      nice: true,
      ticks: 4,
      tickFormat: "+f"
    },
    y: {label: null, type: "point", domain: gains.map(({network}) => network), padding: 0.6, insetTop: 18, tickSize: 0},
    fy: {axis: null, domain: groups, padding: 0},
    marks: [
      Plot.ruleX([0], {strokeWidth: 1.5}),
      Plot.text(groups, {
        fy: (d: string) => d,
        text: (d: string) => d,
        frameAnchor: "top-left",
        dx: -130,
        dy: 4,
        fontWeight: 600,
        fill: "currentColor"
      }),
      Plot.link(rows, {x1: "low", x2: "high", y: "network", fy: "group", strokeWidth: 2, strokeOpacity: 0.6}),
      Plot.dot(rows, {
        ...{x: "value", y: "network", fy: "group", r: 4.5, stroke: "currentColor", strokeWidth: 1.5},
        fill: (one: (typeof rows)[number]) => (one.settled ? "currentColor" : "var(--theme-background)")
      })
    ]
  });
}
