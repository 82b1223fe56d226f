import {greatest, groups, max, median, min} from "d3";
import {resolve} from "../lib/pipeline/index.js";
import {patientsOf} from "../lib/dataset/patients.js";
import {splits, type Inventory, type Split} from "../lib/dataset/types.js";
import {filesNotTaken, inventory, sharedPatients, split} from "../report/data/dataset.js";
import {study} from "../study.js";
import {attempt, sourceOf} from "../report/shared/support.js";
import type {InventoryArtifact} from "../report/data/artifact.js";

/** What the dataset holds, by split and class. */
export default async function (): Promise<InventoryArtifact> {
  const result = await resolve(inventory({study}));
  const {value: divided} = await resolve(split({study}));
  const left = await attempt(filesNotTaken({study}));
  const {value: shared} = await resolve(sharedPatients({study}));
  const {title, digest, classes, duplicates, families, validation: listed, testShare} = result.value;
  const patients = (split: Split, label: number) => {
    const {labels} = result.value.splits[split];
    return new Set(patientsOf(result.value.splits[split]).filter((_, i) => labels[i] === label)).size;
  };
  return {
    title,
    digest,
    splits: splits.map((name) => ({split: name, ...summary(result.value, name)})),
    problems: splits.flatMap((name) =>
      result.value.splits[name].problems.map(({label, ...problem}) => ({...problem, class: classes[label]}))
    ),
    notTaken: "value" in left ? left.value : [],
    duplicates: duplicates.map(({images, ...group}) => ({
      ...group,
      members: images.map(({label, ...image}) => ({...image, class: classes[label]}))
    })),
    patients: {
      byClass: classes.map((name, label) => ({
        class: name,
        train: patients("train", label),
        test: patients("test", label)
      })),
      bySeries: shared.series.map(({family, trainRows, testRows, ...counts}) => ({
        ...{series: families[family] ?? null, ...counts},
        ...{trainImages: trainRows.length, testImages: testRows.length}
      })),
      numbers: shared.numbers,
      testImages: shared.testRows.length
    },
    validation: {
      ...(listed ? {rows: "listed" as const} : study.validation),
      train: divided.train.length,
      validation: divided.validation.length
    },
    testShare: testShare ?? null,
    source: sourceOf(result)
  };
}

function summary({classes, splits}: Inventory, name: Split) {
  const {listed, present, byClass, labels, width, height, families} = splits[name];
  const inSeries = (i: number) => families[i] >= 0;
  const of = (label: number, values: Int32Array) => Array.from(values.filter((_, i) => labels[i] === label));
  return {
    listed,
    present,
    byClass: classes.map((name, label) => ({class: name, count: byClass[label], share: byClass[label] / present})),
    unnumbered: classes.map((name, label) => ({
      class: name,
      count: labels.filter((one, i) => one === label && !inSeries(i)).length
    })),
    numbered: mostAlike(
      Array.from(labels.keys())
        .filter(inSeries)
        .map((i) => [width[i], height[i]])
    ),
    sizes: classes.map((name, label) => ({
      class: name,
      medianWidth: median(of(label, width)) ?? 0,
      medianHeight: median(of(label, height)) ?? 0,
      minWidth: min(of(label, width)) ?? 0,
      maxWidth: max(of(label, width)) ?? 0
    }))
  };
}

/** How many of some sizes are the most common one. */
function mostAlike(sizes: readonly number[][]) {
  const most = greatest(
    groups(sizes, ([width, height]) => `${width}/${height}`),
    ([, same]) => same.length
  );
  const [width, height] = most?.[1][0] ?? [0, 0];
  return {images: sizes.length, width, height, alike: most?.[1].length ?? 0};
}
