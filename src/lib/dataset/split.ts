import {shuffle, stream} from "../measures/random.js";
import {type Positions, type Rows, firstPositions, toPositions} from "./rows.js";

/** What a split needs to know of the images: entry i describes image i. */
export interface Labelled {
  labels: ArrayLike<number>;
  /** Needed to keep patients whole. */
  patients?: ArrayLike<string | number>;
}

export interface ValidationOptions {
  seed: number;
  /** Share of each class that is held out. */
  fraction?: number;
  /** Keeps all images of a patient on one side. The 2020 study did not. */
  groupByPatient?: boolean;
}

/** Positions of the images that train and of those that validate, both in ascending order. */
export interface Division {
  train: Positions;
  validation: Positions;
}

/** Divides positions 0..n-1 into training and validation, stratified by class. */
export function validationSplit(
  {labels, patients}: Labelled,
  {seed, fraction = 0.1, groupByPatient = false}: ValidationOptions
): Division {
  if (groupByPatient && !patients) throw new Error("Grouping by patient needs the patients.");
  const held = groupByPatient
    ? wholePatients(labels, patients!, fraction, seed)
    : stratifiedSample(labels, fraction, seed, "validation");
  return divided(labels.length, new Set(held));
}

/** Divides the images that are present by the rows of the list that were set apart to validate on. */
export function listedSplit({rows}: {rows: Rows}, validation: readonly number[]): Division {
  const listed = new Set(validation);
  return divided(rows.length, new Set([...rows.keys()].filter((at) => listed.has(rows[at]))));
}

/** Positions 0..count-1 that train and those that are held out. */
export function divided(count: number, held: ReadonlySet<number>): Division {
  const part = (isHeld: boolean) => toPositions(firstPositions(count).filter((i) => held.has(i) === isHeld));
  return {train: part(false), validation: part(true)};
}

/**
 * A stratified part of positions 0..n-1, in ascending order: the same share of each class, at least one image of each.
 * Parts of one seed are nested: a smaller share is contained in a larger one.
 */
export const subset = (labels: ArrayLike<number>, fraction: number, seed: number): Positions =>
  stratifiedSample(labels, fraction, seed, "subset");

/** Draws `fraction` of each class, rounded; at least one image, and not all unless the fraction is 1. */
export function stratifiedSample(
  labels: ArrayLike<number>,
  fraction: number,
  seed: number,
  purpose: string
): Positions {
  const drawn = [...groupPositions(labels)].flatMap(([label, positions]) =>
    shuffle(positions, stream(seed, `${purpose}/${label}`)).slice(0, drawnOf(positions.length, fraction))
  );
  return toPositions(Int32Array.from(drawn).sort());
}

/** How many of the images of a class are drawn. */
export function drawnOf(images: number, fraction: number): number {
  const most = fraction < 1 ? Math.max(1, images - 1) : images;
  return Math.min(most, Math.max(1, Math.round(fraction * images)));
}

/**
 * Draws whole patients in random order, each if it brings the held-out number of images per class closer to its share:
 * class shares stay as close as patients allow, without a preference for patients of many images.
 */
function wholePatients(
  labels: ArrayLike<number>,
  patients: ArrayLike<string | number>,
  fraction: number,
  seed: number
): number[] {
  const missing = new Map([...groupPositions(labels)].map(([label, {length}]) => [label, fraction * length]));
  const held: number[] = [];
  for (const positions of shuffle([...groupPositions(patients).values()], stream(seed, "validation/patients"))) {
    const counts = [...groupPositions(positions.map((i) => labels[i]))].map(([label, {length}]) => ({label, length}));
    const gain = counts.reduce((sum, {label, length}) => sum + closeness(missing.get(label)!, length), 0);
    if (gain <= 0) continue;
    for (const {label, length} of counts) missing.set(label, missing.get(label)! - length);
    held.push(...positions);
  }
  return held;
}

/** The positions of each value, values in order of first appearance. */
function groupPositions<T>(values: ArrayLike<T>): Map<T, number[]> {
  const groups = new Map<T, number[]>();
  for (let i = 0; i < values.length; ++i) {
    const group = groups.get(values[i]);
    if (group) group.push(i);
    else groups.set(values[i], [i]);
  }
  return groups;
}

/** Tells how much closer a class comes to the images it still misses when `count` of it are taken. */
const closeness = (missing: number, count: number) => Math.abs(missing) - Math.abs(missing - count);
