import {group, least, sum} from "d3";
import {UserError} from "../support/errors.js";
import {shuffle, stream} from "../measures/random.js";
import type {Labelled} from "./split.js";

/**
 * The fold of every image, 0 to folds - 1: all images of a patient lie in one, and folds hold nearly the same number of
 * each class. Patients of many images come first, in random order where they have as many, each to the fold that it
 * brings closest to an equal share of its classes (stratified group k-fold, as in scikit-learn).
 * @throws UserError where a class has fewer patients than there are folds
 */
export function patientFolds(
  {labels, patients}: Required<Labelled>,
  {folds, seed}: {folds: number; seed: number}
): Int32Array {
  const positions = Array.from({length: labels.length}, (_, i) => i);
  const images = shuffle([...group(positions, (i) => patients[i]).values()], stream(seed, "folds"));
  images.sort((a, b) => b.length - a.length);
  requirePatients(images, labels, folds);
  const counts = Array.from({length: folds}, () => new Map<number, number>());
  const foldOf = new Int32Array(labels.length);
  for (const own of images) {
    const byClass = group(own, (i) => labels[i]);
    const fold = least(counts.keys(), (k) =>
      [...byClass].reduce(
        (cost, [label, {length}]) => {
          const total = sum(counts, (count) => count.get(label) ?? 0) + length;
          return cost + squares(counts, k, label, length) / total ** 2;
        },
        sizeOf(counts[k]) * 1e-9
      )
    )!;
    for (const [label, {length}] of byClass) counts[fold].set(label, (counts[fold].get(label) ?? 0) + length);
    for (const i of own) foldOf[i] = fold;
  }
  return foldOf;
}

/** The squares of a class's numbers in all folds, after one has taken so many more. */
const squares = (counts: readonly ReadonlyMap<number, number>[], fold: number, label: number, more: number) =>
  sum(counts, (count, k) => ((count.get(label) ?? 0) + (k === fold ? more : 0)) ** 2);

const sizeOf = (count: ReadonlyMap<number, number>) => sum(count.values());

function requirePatients(images: readonly number[][], labels: ArrayLike<number>, folds: number): void {
  const patients = new Map<number, number>();
  for (const own of images) {
    for (const label of new Set(own.map((i) => labels[i]))) patients.set(label, (patients.get(label) ?? 0) + 1);
  }
  const rarest = least(patients, ([, count]) => count);
  if (rarest && rarest[1] >= folds) return;
  throw new UserError(`The rarest class has ${rarest?.[1] ?? 0} patients, too few for ${folds} folds.`, {
    hint: "Divide into fewer folds, or add images of other patients."
  });
}
