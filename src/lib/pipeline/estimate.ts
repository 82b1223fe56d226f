import {median} from "d3";
import {duration} from "./progress.js";

/**
 * How fast a network once trained: on images of so many pixels a side, with these of its layers training ("head",
 * "all").
 */
export interface Rate {
  model: string;
  trains: string;
  size: number;
  imagesPerSecond: number;
}

/** A training that is to come: its phases, and how many images an epoch has. */
export interface Work {
  model: string;
  phases: readonly {trains: string; size: number; epochs: number}[];
  images: number;
}

/** What several computations are expected to take, in seconds, and of how many nothing like them was ever measured. */
export interface Forecast {
  seconds: number;
  unknown: number;
}

/**
 * Seconds that a training is expected to take: each phase at the median rate of the same network with the same layers
 * training, at the size nearest to its own, a rate falling as pixels grow. Undefined where there is no such rate.
 */
export function trainingSeconds({model, phases, images}: Work, rates: readonly Rate[]): number | undefined {
  const seconds = phases.map(({trains, size, epochs}) => {
    const rate = rateAt(
      size,
      rates.filter((rate) => rate.model === model && rate.trains === trains)
    );
    return rate && (epochs * images) / rate;
  });
  return seconds.reduce((sum, phase) => (sum === undefined || phase === undefined ? undefined : sum + phase), 0);
}

function rateAt(size: number, rates: readonly Rate[]): number | undefined {
  const distance = (rate: Rate) => Math.abs(Math.log(rate.size / size));
  const nearest = Math.min(...rates.map(distance));
  const near = rates.filter((rate) => distance(rate) === nearest);
  return median(near.map((rate) => rate.imagesPerSecond * (rate.size / size) ** 2));
}

/**
 * How many times as long as elsewhere the same computations take here: the median over those that were timed in both
 * places, 1 where there is none.
 */
export function slowdown(here: ReadonlyMap<string, number>, elsewhere: ReadonlyMap<string, number>): number {
  const ratios = [...here].map(([id, seconds]) => seconds / (elsewhere.get(id) ?? NaN));
  return median(ratios.filter((ratio) => ratio > 0 && Number.isFinite(ratio))) ?? 1;
}

/** Adds up what is expected of each computation. */
export function total(seconds: readonly (number | undefined)[]): Forecast {
  const known = seconds.filter((one) => one !== undefined);
  return {seconds: known.reduce((sum, one) => sum + one, 0), unknown: seconds.length - known.length};
}

/** "about 12 min", "12 min or more" where some were never measured, "an unknown time" where none was. */
export function inWords({seconds, unknown}: Forecast): string {
  if (seconds === 0 && unknown > 0) return "an unknown time";
  const words = duration(roughly(seconds)).replace(/ 0 (s|min)$/, "");
  return unknown > 0 ? `${words} or more` : `about ${words}`;
}

/** Tens of seconds, whole minutes, or two digits of more: more is not known. */
function roughly(seconds: number): number {
  const minutes = seconds / 60;
  if (minutes < 1.5) return Math.max(10, 10 * Math.round(seconds / 10));
  return 60 * (minutes < 100 ? Math.round(minutes) : Number(minutes.toPrecision(2)));
}
