import type {Estimate} from "../lib/measures/interval.js";
import {csvFormatRow} from "d3";
import type {evaluate} from "../lib/evaluation/evaluate.js";
import type {Verdict} from "../lib/plausibility/verdict.js";
import {harmlessCell, printableName} from "../lib/support/printable.js";
import {fixed} from "../lib/measures/decimal.js";
import {percent, toSignificant} from "../report/shared/rounding.js";
import type {Classified} from "../report/predict/classifier.js";

export type Metrics = ReturnType<typeof evaluate>;

/** How results are printed: a line for each image, and metrics where the images' classes are known. */
export interface Format {
  header?: string;
  image(result: Classified): string;
  /** Absent where the output has no place for them. */
  metrics?(metrics: Metrics): string;
}

export interface FormatOptions {
  classes: readonly string[];
  /** Characters of the longest file's name. */
  width: number;
}

/** Four significant digits: more than the network knows. */
const short = (value: number) => toSignificant(value, 4);

const mostLikely = (probabilities: readonly number[]) => probabilities.indexOf(Math.max(...probabilities));

/** The classes that macro means leave out: no image is of them, none is taken for one. */
const absent = (perClass: Metrics["perClass"]) =>
  perClass.filter(({support, precision}) => support + precision.n! === 0).map(({class: name}) => name);

/** Why an image is flagged, in words; empty where it is not. */
export const reasonOf = ({reasons}: Pick<Verdict, "reasons">): string => reasons.join("; ");

/** `far` is what `flagged` was once called. */
const flags = (verdict: Verdict) => {
  const flagged = verdict.reasons.length > 0;
  return {flagged, ...(flagged && {reason: reasonOf(verdict)}), far: flagged};
};

/** What is not asked about is flagged, and no class is given any of the probability. */
const unanswered = (error: string, classes: readonly string[]) => ({
  ...{flagged: true, reason: error, far: true, predicted: null},
  probabilities: Object.fromEntries(classes.map((name) => [name, 0])),
  error
});

/** One JSON object a line: of an image, and last, where the classes are known, of the metrics. */
export const jsonLines = ({classes}: FormatOptions): Format => ({
  image: ({id: {file}, label, ...result}) => {
    const actual = label === undefined ? {} : {class: classes[label]};
    if (result.error !== undefined) return JSON.stringify({file, ...actual, ...unanswered(result.error, classes)});
    const {probabilities, verdict, notes = []} = result;
    return JSON.stringify({
      file,
      ...actual,
      ...(notes.length > 0 && {notes}),
      ...(verdict && flags(verdict)),
      predicted: classes[mostLikely(probabilities)],
      probabilities: Object.fromEntries(classes.map((name, k) => [name, short(probabilities[k])])),
      ...(verdict && {distance: short(verdict.distance), share: short(verdict.share)})
    });
  },
  metrics: ({confusion, overall, perClass}) =>
    JSON.stringify({metrics: {confusion, overall, absent: absent(perClass), perClass}})
});

const csvRow = (cells: string[]) => csvFormatRow(cells.map(harmlessCell));

/** A row of comma-separated values for each image. */
export const commaSeparated = ({classes}: FormatOptions): Format => ({
  header: csvRow(["file", "class", "flagged", "reason", "predicted", ...classes, "distance", "nearer", "error"]),
  image: ({id: {file}, label, ...result}) => {
    const actual = label === undefined ? "" : classes[label];
    const none = ["", ...classes.map(() => ""), "", ""];
    if (result.error !== undefined) return csvRow([file, actual, "true", result.error, ...none, result.error]);
    const {probabilities, verdict} = result;
    const flagged = verdict ? [String(verdict.reasons.length > 0), reasonOf(verdict)] : ["", ""];
    const place = verdict ? [verdict.distance, verdict.share].map((value) => String(short(value))) : ["", ""];
    const values = probabilities.map((value) => String(short(value)));
    return csvRow([file, actual, ...flagged, classes[mostLikely(probabilities)], ...values, ...place, ""]);
  }
});

/** Aligned columns for a terminal. */
export const columns = ({classes, width}: FormatOptions): Format => {
  const widths = classes.map((name) => Math.max(name.length, 5));
  const widest = Math.max("predicted".length, ...classes.map(({length}) => length));
  const line = (file: string, predicted: string, values: string[], rest: string) =>
    [file.padEnd(width), predicted.padEnd(widest), ...values.map((value, k) => value.padStart(widths[k])), rest]
      .join("  ")
      .trimEnd();
  return {
    header: line("file", "predicted", [...classes], "of the validation images"),
    image: (result) => {
      const file = printableName(result.id.file);
      if (result.error !== undefined) return `${file.padEnd(width)}  not read: ${result.error}`;
      const {probabilities, verdict} = result;
      const values = probabilities.map((value) => fixed(value, 3));
      const numbers = (name: string) =>
        line(name, classes[mostLikely(probabilities)], values, verdict ? placeOf(verdict) : "");
      if (!verdict?.reasons.length) return numbers(file);
      return `${file.padEnd(width)}  FLAGGED: ${reasonOf(verdict)}\n${numbers("")}`;
    },
    metrics: metricsTable
  };
};

/** Where an image stands among the validation images, from the training images' mean outwards. */
const placeOf = ({share}: Verdict) => `${shareOf(share)} nearer, ${shareOf(1 - share)} farther`;

/** No rounding makes all of most, nor none of few. */
const shareOf = (share: number) =>
  percent(share > 0 && share < 1 ? Math.min(0.99, Math.max(0.01, share)) : share).padStart(4);

const withInterval = ({value, low, high, k, n}: Estimate) =>
  `${fixed(value, 3)} (${fixed(low, 3)} to ${fixed(high, 3)}${n === undefined ? "" : `, ${k}/${n}`})`;

/** Metrics with their 95% intervals, as text. */
export function metricsTable({overall, perClass, confusion}: Metrics): string {
  const images = confusion.flat().reduce((a, b) => a + b);
  const measures = Object.entries({
    accuracy: overall.accuracy,
    "balanced accuracy": overall.balancedAccuracy,
    "macro F1": overall.macroF1,
    "weighted F1": overall.weightedF1,
    "log loss": overall.logLoss,
    "calibration error": overall.expectedCalibrationError
  });
  const rows = perClass.flatMap(({class: name, recall, precision, f1}) => [
    ...(recall.n ? [[`${name}: recall`, recall] as const] : []),
    ...(precision.n ? [[`${name}: precision`, precision] as const] : []),
    ...(recall.n ? [[`${name}: F1`, f1] as const] : [])
  ]);
  const lines = [...measures, ...rows].map(([name, estimate]) => `  ${name.padEnd(24)} ${withInterval(estimate)}`);
  const none = absent(perClass).join(", ");
  const notes = none ? [`Macro means are of the other classes: no image is or is taken for ${none}.`] : [];
  return [``, `${images} images whose class is known, with 95% intervals:`, ...lines, ...notes].join("\n");
}
