import {UserError} from "../support/errors.js";
import {fnv1a32, stream} from "../measures/random.js";
import {covidxClasses} from "./covidx.js";
import {phantomPath} from "./phantom/path.js";
import type {Dataset, Example, Split} from "./types.js";

export interface PhantomOptions {
  /** Images per class. */
  train?: number;
  test?: number;
  seed?: number;
  /** Width and height in pixels of a drawing. */
  size?: number;
  /** A planted shortcut: the share of one class's images, per split, that carry a bright tag in the corner. */
  marker?: {class: string; train?: number; test?: number};
}

/**
 * A dataset of synthetic radiographs with known truth, drawn when they are read: no files. Classes are COVIDx's.
 * Throws `UserError` for a class, number or share that makes no sense.
 */
export function openPhantom({train = 60, test = 30, seed = 1, size = 224, marker}: PhantomOptions = {}): Dataset {
  check("train", train, Number.isInteger(train) && train >= 1, "a whole number of images per class");
  check("test", test, Number.isInteger(test) && test >= 1, "a whole number of images per class");
  check("size", size, Number.isInteger(size) && size >= 16 && size <= 2048, "16 to 2048 pixels");
  const markedLabel = marker ? (covidxClasses as readonly string[]).indexOf(marker.class) : -1;
  if (marker) check("marker.class", marker.class, markedLabel >= 0, `one of ${covidxClasses.join(", ")}`);
  const list = (split: Split, count: number): Example[] => {
    const share = marker?.[split] ?? 1;
    check(`marker.${split}`, share, share >= 0 && share <= 1, "a share between 0 and 1");
    return covidxClasses.flatMap((name, label) =>
      Array.from({length: count}, (_, i) => {
        const file = `${name}-${split}-${i}`;
        const own = fnv1a32(`${seed}/${file}`);
        const marked = label === markedLabel && stream(own, "marker")() < share;
        const path = phantomPath({seed: own, label, size, marker: marked});
        const id = {collection: "phantom", patient: file, file};
        return {id, row: label * count + i, split, path, label};
      })
    );
  };
  return {
    name: "phantom",
    title: "Synthetic radiographs",
    classes: covidxClasses,
    train: list("train", train),
    test: list("test", test),
    notes: {duplicateLines: [], inBothSplits: []}
  };
}

function check(name: string, value: unknown, isValid: boolean, allowed: string): void {
  if (!isValid) throw new UserError(`Phantom dataset: ${name} is ${String(value)}; it must be ${allowed}.`);
}
