import type {Estimate} from "measures";
import {fixed, percentage, scientific, significant} from "measures";

/** What stands in place of a number that does not exist, such as the precision of a class that was never predicted. */
const none = "–";

/** A number with fixed decimals: "0.81", "−5.96". */
export const score = (value: number | null, digits = 2): string =>
  value !== null && Number.isFinite(value) ? fixed(value, digits) : none;

/** A 95% interval: "0.77–0.84". */
export const interval = ({low, high}: Estimate): string => `${score(low)}–${score(high)}`;

/** A score and its interval: "0.81 (0.77–0.84)". */
export const estimate = (e: Estimate): string =>
  Number.isFinite(e.value) ? `${score(e.value)} (${interval(e)})` : none;

/** The count behind a proportion: "9/10", or nothing where there is none. */
export const ratio = ({k, n}: Estimate): string =>
  k === undefined || n === undefined ? "" : `${count(k)}/${count(n)}`;

/** A share: "81.2%". */
export const percent = (share: number, digits = 1): string =>
  Number.isFinite(share) ? percentage(share, digits) : none;

/** A share with the counts behind it: "81.2% (519/639)". */
export const share = (k: number, n: number): string => `${percent(k / n)} (${count(k)}/${count(n)})`;

/** A whole number: "5,310". */
export const count = (value: number): string => value.toLocaleString("en-GB", {maximumFractionDigits: 0});

/** A large number to three digits: "1.72 M", "412 k". */
export function magnitude(value: number): string {
  if (!Number.isFinite(value)) return none;
  const rounded = Number(significant(value, 3));
  const [divisor, unit] =
    rounded >= 1e9 ? [1e9, " G"] : rounded >= 1e6 ? [1e6, " M"] : rounded >= 1e3 ? [1e3, " k"] : [1, ""];
  return unit === "" ? fixed(value, 0) : `${significant(rounded / divisor, 3)}${unit}`;
}

/** A size in memory or on disk: "8.1 MB", "1.9 GB". */
export function bytes(value: number): string {
  if (!Number.isFinite(value)) return none;
  const [scaled, unit] = value >= 999.5e6 ? [value / 1e9, "GB"] : [value / 1e6, "MB"];
  return `${fixed(scaled, scaled < 9.95 ? 1 : 0)} ${unit}`;
}

/** A learning rate: "1.2e−3". */
export const exponential = (value: number): string => scientific(value, 1);

/** A count and its noun: "1 image", "10 images". */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** "a, b and c" */
export const list = (items: string[]): string =>
  items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;

/** The least and the greatest of some values: "0.05 to 0.16", or one of them where they look alike. */
export function among(values: readonly number[], write: (value: number) => string): string {
  const [low, high] = [Math.min(...values), Math.max(...values)].map(write);
  return low === high ? low : `${low} to ${high}`;
}

/** A duration: "0.4 s", "52 s", "12 min 5 s", "2 h 3 min". */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return none;
  if (seconds < 9.95) return `${fixed(seconds, 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** An ISO date as "14 March 2026", in UTC. */
export function date(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(+time)
    ? none
    : time.toLocaleDateString("en-GB", {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"});
}

/** The first line of a message, without what it says to do about it. */
export const firstLine = (message: string): string => message.split("\n")[0].replace(/\.*$/, ".");
