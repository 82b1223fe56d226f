import type {InventoryArtifact} from "../../../src/report/data/artifact.js";
import type {StudyArtifact} from "../../../src/report/study/artifact.js";
import {className} from "./classes.js";
import {list, percent} from "./format.js";

type Split = InventoryArtifact["splits"][number];

const origins: Record<string, (title: string) => string> = {
  phantom: () =>
    "The images of this report are drawn by a program: synthetic radiographs, whose truth is " +
    "known. No number here says anything about people.",
  folder: (title) =>
    `The images of this report are those of the folder “${title}”. Where they are from and whether ` +
    "they are labelled rightly is not known here."
};

/**
 * What readers have to know of images that are not those of the published report, and of a study that is not all of it.
 */
export function describeDataset({dataset, firstLook}: Pick<StudyArtifact, "dataset" | "firstLook">): string[] {
  const origin = Object.hasOwn(origins, dataset.name) ? [origins[dataset.name](dataset.title)] : [];
  const look =
    "This is a first look: one small network, a few epochs on small images. It shows what the " +
    "report is made of and settles little; npm run study with --full computes all of the study.";
  return firstLook ? [...origin, look] : origin;
}

/** Trainings that ended worse than a guess, whose results say nothing of their start. */
export const describeDiverged = ({runs}: Pick<StudyArtifact, "runs">): string[] =>
  runs.flatMap(({title, diverged}) =>
    diverged ? [`${title}: ${diverged} Its results say nothing of its start.`] : []
  );

/** The settings that follow the number of images, of those that are named or of all. */
export const describeFitted = (
  {fitted}: Pick<StudyArtifact, "fitted">,
  ...settings: StudyArtifact["fitted"][number]["setting"][]
): string =>
  fitted
    .filter(({setting}) => settings.includes(setting))
    .map(({words}) => words)
    .join(" ");

/** Where the test images come from: set apart by whoever made the dataset, or drawn. */
export const describeDivision = ({testShare}: Pick<InventoryArtifact, "testShare">): string =>
  testShare === null
    ? "The training and test images are those that the dataset sets apart as such."
    : `The dataset sets no test images apart: ${percent(testShare, 0)} of each class, drawn by ` +
      "chance image by image, are the test images.";

/** How much rarer than every other class one is that is rare by far. */
const byFar = 2;
/** Shares that differ by less look alike. */
const alike = 0.01;

const shareIn = ({byClass}: Split, name: string) => byClass.find((one) => one.class === name)?.share ?? 0;

/** The classes of a split, the rarest first. */
const ascending = ({byClass}: Split) => [...byClass].sort((a, b) => a.share - b.share);

/** Which class is rare, and whether the splits are mixed alike. */
export function describeBalance({splits}: Pick<InventoryArtifact, "splits">): string {
  const names = splits[0].byClass.map((one) => one.class);
  const moved = names.some((name) => Math.abs(shareIn(splits[0], name) - shareIn(splits[1], name)) >= alike);
  const rarest = splits.map((split) => ascending(split)[0].class);
  const [rare] = rarest;
  const both = rarest.every((name) => name === rare);
  const far = both && splits.every((split) => ascending(split)[1].share >= byFar * shareIn(split, rare));
  const even = splits.every((split) => ascending(split).at(-1)!.share - ascending(split)[0].share < alike);
  const words = even
    ? "All classes are about as frequent in both splits"
    : far
      ? `${sentence(rare)} is by far the rarest class in both splits`
      : both
        ? `${sentence(rare)} is the rarest class in both splits`
        : "The rarest class is " +
          list(rarest.map((name, i) => `${className(name)} in ${splits[i].split === "train" ? "training" : "test"}`));
  if (even) return `${words}.`;
  return moved
    ? `${words}, and the classes are not balanced alike: shares differ between training and test.`
    : `${words}; shares are alike in training and test.`;
}

const sentence = (name: string) => className(name).replace(/^./, (first) => first.toUpperCase());
