import {html} from "htl";
import type {CostArtifact} from "../../../src/report/cost/artifact.js";
import type {StudyResult} from "../../../src/report/results/artifact.js";
import {count, duration, list, magnitude, score} from "../shared/format.js";
import {behindScore} from "../lens/lens-means.js";
import {scoreCell} from "../shared/score-cell.js";
import type {Column} from "../shared/table.js";

export type Network = CostArtifact["networks"][number];
export type Run = CostArtifact["runs"][number];

const number = <T>(label: string, value: Column<T>["value"]): Column<T> => ({label, value, align: "right"});
const digits = (value: number) => (value < 10 ? 2 : value < 100 ? 1 : 0);

/** How long a network takes on one of the backends that have been measured. */
export type NetworkTime = Pick<Network, "model" | "title"> & Network["times"][number];

/** One row for each network and backend. */
export const networkTimes = (networks: readonly Network[]): NetworkTime[] =>
  networks.flatMap(({model, title, times}) => times.map((time) => ({model, title, ...time})));

/** Milliseconds and their quartiles: "12.3 (11.8–13.0)". */
export function milliseconds({measured}: NetworkTime, batch: number): string {
  const found = measured.find((time) => time.batch === batch);
  if (!found) return "not measured";
  const d = digits(found.median);
  return `${score(found.median, d)} (${score(found.lower, d)}–${score(found.upper, d)})`;
}

/** On what the times were measured, and of which networks they are missing. */
export function describeTimes(networks: readonly Network[]): string {
  const machines = [
    ...new Set(networks.flatMap(({times}) => times.map(({backend, device}) => `${backend} on ${device}`)))
  ];
  const missing = networks.filter(({times}) => !times.length).map(({title}) => title);
  return [
    ...(machines.length
      ? [
          `Times were measured with ${list(machines)}: ` +
            (machines.length > 1 ? "compare only those of one." : "they compare networks, not machines.")
        ]
      : []),
    ...(missing.length
      ? [`Nobody has measured the time of ${list(missing)} yet (npm run study -- --only inference-time).`]
      : [])
  ].join(" ");
}

/** How large each network is. */
export const sizeColumns: Column<Network>[] = [
  {label: "Network", header: true, value: ({title}) => title},
  number("Parameters", ({cost}) => magnitude(cost.parameters)),
  number("MACs", ({cost}) => magnitude(cost.macs)),
  number("Weights", ({bytes}) => `${magnitude(bytes)}B`)
];

/** How long each network takes on each backend. */
export const timeColumns: Column<NetworkTime>[] = [
  {label: "Network", header: true, value: ({title}) => title},
  {label: "Backend", value: ({backend, device}) => html`<span>${backend}<span class="remark">${device}</span></span>`},
  number("Image", ({size}) => `${size} px`),
  number("ms an image, alone", (time) => milliseconds(time, 1)),
  number("32 at a time", (time) => milliseconds(time, 32))
];

/** What each run cost to train, and what that bought: behind a lens, what `results` have of it. */
export const runCostColumns = (results: readonly StudyResult[], resamples: number): Column<Run>[] => [
  {label: "Run", header: true, value: ({title}) => title},
  number("Epochs", ({epochs}) => count(epochs)),
  number("Image passes", ({imagePasses}) => magnitude(imagePasses)),
  number("Time", ({seconds}) => duration(seconds)),
  number("Macro F1", ({run: id, macroF1}) => {
    const run = results.find((result) => result.run === id)!;
    return scoreCell(macroF1, behindScore({run, resamples}, "macroF1"), {href: `./network-${run.page}.html`});
  })
];

/** The networks, their times and the runs as rows for the download. */
export const sizeRows = (networks: readonly Network[]) =>
  networks.map(({model, cost, bytes}) => ({model, ...cost, bytes}));

export const timeRows = (times: readonly NetworkTime[]) =>
  times.map(({model, backend, device, size, measured}) => ({
    ...{model, backend, device, size},
    ...Object.fromEntries(
      measured.flatMap(({batch, ...one}) =>
        Object.entries(one).map(([name, value]) => [`ms_batch${batch}_${name}`, value])
      )
    )
  }));

export const runCostRows = (runs: readonly Run[]) =>
  runs.map(({run, start, fraction, epochs, imagePasses, seconds, macroF1: {value, low, high}}) => ({
    ...{run, start, fraction, epochs, imagePasses, seconds},
    ...{macroF1: value, macroF1_low: low, macroF1_high: high}
  }));
