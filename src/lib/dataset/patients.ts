import {pick, toPositions} from "./rows.js";
import type {Inventory, Split, SplitInventory} from "./types.js";

/**
 * Whose the images of a split are: equal values, also between the splits, are one patient as far as the lists tell. A
 * number means somebody within one series; other series give it to other people.
 */
export const patientsOf = ({patients, families}: Pick<SplitInventory, "patients" | "families">): string[] =>
  Array.from(patients, (patient, i) => `${families[i]}/${patient}`);

/** The patients of one series of numbers, or of the images outside of all series. */
export interface SeriesOverlap {
  /** Index into the inventory's families, or -1. */
  family: number;
  /** How many patients have images in each split, and in both. */
  train: number;
  test: number;
  shared: number;
  /** How many of those in both have images of one class in both. */
  sameClass: number;
  /** Images of those in both. */
  trainRows: number[];
  testRows: number[];
}

export interface PatientOverlap {
  series: SeriesOverlap[];
  /** Numbers that stand in both splits, in whatever series, and the test images that bear one. */
  numbers: number;
  testRows: number[];
}

/** Who is in both splits, by series, whatever the class; and which numbers are, whatever the series. */
export function patientOverlap({splits, families}: Pick<Inventory, "splits" | "families">): PatientOverlap {
  const numbers = sharedBetween(splits, ({patients}) => Array.from(patients, String));
  return {
    series: [-1, ...families.keys()].flatMap((family) => {
      const overlap = seriesOverlap(splits, family);
      return overlap.train + overlap.test > 0 ? [overlap] : [];
    }),
    numbers: numbers.shared.size,
    testRows: numbers.rows.test
  };
}

type Splits = Inventory["splits"];

function seriesOverlap(splits: Splits, family: number): SeriesOverlap {
  const inSeries = {train: part(splits.train, family), test: part(splits.test, family)};
  const patients = sharedBetween(inSeries, patientsOf);
  const withClass = sharedBetween(inSeries, (split) =>
    patientsOf(split).map((patient, i) => `${patient} ${split.labels[i]}`)
  );
  return {
    family,
    train: patients.train.size,
    test: patients.test.size,
    shared: patients.shared.size,
    sameClass: new Set([...withClass.shared].map((name) => name.split(" ")[0])).size,
    trainRows: patients.rows.train,
    testRows: patients.rows.test
  };
}

type Part = Pick<SplitInventory, "rows" | "labels" | "patients" | "families">;

/** The images of one series. */
function part({rows, labels, patients, families}: SplitInventory, family: number): Part {
  const own = toPositions(rows.map((_, position) => position).filter((position) => families[position] === family));
  return {
    rows: pick(rows, own),
    labels: pick(labels, own),
    patients: pick(patients, own),
    families: pick(families, own)
  };
}

/** The names that images of each split have, and both splits have, and the rows of the images with these. */
function sharedBetween(splits: Record<Split, Part>, namesOf: (split: Part) => string[]) {
  const names = {train: namesOf(splits.train), test: namesOf(splits.test)};
  const [train, test] = [new Set(names.train), new Set(names.test)];
  const shared = new Set([...test].filter((name) => train.has(name)));
  const rows = (split: Split) => Array.from(splits[split].rows.filter((_, i) => shared.has(names[split][i])));
  return {train, test, shared, rows: {train: rows("train"), test: rows("test")}};
}
