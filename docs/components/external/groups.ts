import type {Estimate} from "measures";
import type {ExternalArtifact, ExternalGroup, ExternalRun} from "../../../src/report/external/artifact.js";
import {classTitle} from "../shared/classes.js";
import {count, list, plural} from "../shared/format.js";

/** Who is meant by a group: "NIH ChestX-ray8, pneumonia". */
export const groupTitle = ({collections}: Pick<ExternalArtifact, "collections">, group: ExternalGroup): string => {
  const found = collections.find(({collection}) => collection === group.collection);
  const label = found ? group.label : classTitle(group.label);
  return `${found?.title ?? "Test images"}: ${label === "COVID-19" ? label : label.toLowerCase()}`;
};

/** What is asked of every network: how many images of a group it takes for a class. */
export interface Question {
  key: string;
  title: string;
  collection: string;
  label: string;
  /** Of the study's classes. */
  takenFor: string;
}

/** Whom COVID-19 is looked for in: the first two have it, the others do not. */
export const covidQuestions: Question[] = [
  {key: "home_covid", title: "COVID-19, test images", collection: "home", label: "COVID-19", takenFor: "COVID-19"},
  {key: "figure1_covid", title: "COVID-19, Figure 1", collection: "figure1", label: "COVID-19", takenFor: "COVID-19"},
  {
    key: "home_normal",
    title: "normal children, test images",
    collection: "home",
    label: "normal",
    takenFor: "COVID-19"
  },
  {key: "nih_healthy", title: "no finding, NIH", collection: "nih", label: "No finding", takenFor: "COVID-19"}
];

/** How a run answers a question. */
export function answerOf(
  {groups}: ExternalRun,
  classes: readonly string[],
  question: Omit<Question, "key" | "title">
): Estimate {
  const group = groups.find((g) => g.collection === question.collection && g.label === question.label);
  if (!group) throw new Error(`There are no images of ${question.label} in ${question.collection}.`);
  return group.takenFor[classes.indexOf(question.takenFor)];
}

/** The area of "normal" in a collection. */
export const areaIn = ({areas}: ExternalRun, collection: string): Estimate | null =>
  areas.find((found) => found.collection === collection)?.area ?? null;

/** What a run takes every group's images for, one row for each group and class: for the chart and the download. */
export const takenRows = (artifact: Pick<ExternalArtifact, "collections" | "classes">, run: ExternalRun) =>
  run.groups.flatMap((group) =>
    artifact.classes.map((name, k) => ({
      run: run.run,
      group: `${groupTitle(artifact, group)} (${count(group.images)})`,
      taken_for: name,
      ...group.takenFor[k]
    }))
  );

/** The run that the page shows first: of single networks, the best on validation. */
export const shownFirst = (runs: readonly ExternalRun[]): ExternalRun | undefined => runs.find(({leads}) => leads);

/** What a collection holds, and what of it is not counted. */
export function describeCollection({collections}: Pick<ExternalArtifact, "collections">, name: string): string {
  const found = collections.find(({collection}) => collection === name);
  if (!found) return "";
  const {images, patients, width, height, left} = found;
  const reasons = [
    ...(left.train ? [`${count(left.train)} that the study’s training list holds too`] : []),
    ...(left.test ? [`${count(left.test)} that its test list holds too`] : []),
    ...(left.own ? [plural(left.own, "that repeats another", "that repeat others")] : [])
  ];
  const uncounted = reasons.length ? `; not counted: ${list(reasons)}` : "";
  return (
    `${plural(images, "image")} of ${plural(patients, "patient")}, in the median ${count(width)} × ` +
    `${count(height)} pixels${uncounted}.`
  );
}
