import {html} from "htl";
import type {CostArtifact, StudyResult} from "../../src/loaders/types.js";
import {count, duration, list, magnitude, score} from "./format.js";
import {behindScore} from "./lens-means.js";
import {scoreCell} from "./score-cell.js";
import type {Column} from "./table.js";

export type Network = CostArtifact["networks"][number];
export type Run = CostArtifact["runs"][number];

const number = <T>(label: string, value: Column<T>["value"]): Column<T> => ({label, value, align: "right"});
const digits = (value: number) => (value < 10 ? 2 : value < 100 ? 1 : 0);

/** A network, and how long it takes on one of the backends that have been measured, if on any. */
export interface NetworkTime extends Network {
  time?: Network["times"][number];
}

/** One row for each network and backend. */
export const networkTimes = (networks: readonly Network[]): NetworkTime[] =>
  networks.flatMap((network) => (network.times.length ? network.times.map((time) => ({...network, time})) : [network]));

/** Milliseconds and their quartiles: "12.3 (11.8–13.0)". */
export function milliseconds({time}: NetworkTime, batch: number): string {
  const found = time?.measured.find((one) => one.batch === batch);
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
    ...(machines.length ? [`Times were measured with ${list(machines)}${machines.length > 1 ? ": compare only those of one" : ": they compare networks, not machines"}.`] : []), // prettier-ignore
    ...(missing.length ? [`Nobody has measured the time of ${list(missing)} yet (npm run study -- --only inference-time).`] : []) // prettier-ignore
  ].join(" ");
}

/** What each network costs to store and to run, on each backend. */
export const networkCostColumns: Column<NetworkTime>[] = [
  {label: "Network", header: true, value: ({title}) => title},
  number("Parameters", ({cost}) => magnitude(cost.parameters)),
  number("MACs", ({cost}) => magnitude(cost.macs)),
  number("Weights", ({bytes}) => `${magnitude(bytes)}B`),
  number("ms an image, alone", (network) => milliseconds(network, 1)),
  number("32 at a time", (network) => milliseconds(network, 32)),
  {label: "Measured on", value: ({time}) => (time ? html`<span>${time.backend}<span class="remark">${time.device}, images of ${time.size} px</span></span>` : "–")} // prettier-ignore
];

/** What each run cost to train, and what that bought: behind a lens, what `results` have of it. */
export const runCostColumns = (results: readonly StudyResult[], resamples: number): Column<Run>[] => [
  {label: "Run", header: true, value: ({title}) => title},
  number("Epochs", ({epochs}) => count(epochs)),
  number("Image passes", ({imagePasses}) => magnitude(imagePasses)),
  number("Time", ({seconds}) => duration(seconds)),
  number("Macro F1", ({run: id, macroF1}) => {
    const run = results.find((result) => result.run === id)!;
    return scoreCell(macroF1, behindScore({run, resamples}, "macroF1"), {href: `./results/${run.page}`});
  })
];

/** The networks and the runs as rows for the download. */
export const networkCostRows = (rows: readonly NetworkTime[]) =>
  rows.map(({model, cost, bytes, time}) => ({
    ...{model, ...cost, bytes, backend: time?.backend, device: time?.device},
    ...Object.fromEntries(
      (time?.measured ?? []).flatMap(({batch, ...times}) =>
        Object.entries(times).map(([name, value]) => [`ms_batch${batch}_${name}`, value])
      )
    )
  }));

export const runCostRows = (runs: readonly Run[]) =>
  runs.map(({run, start, fraction, epochs, imagePasses, seconds, macroF1: {value, low, high}}) => ({
    ...{run, start, fraction, epochs, imagePasses, seconds},
    ...{macroF1: value, macroF1_low: low, macroF1_high: high}
  }));
