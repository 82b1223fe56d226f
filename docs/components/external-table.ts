import {html} from "htl";
import type {Estimate, ExternalArtifact, ExternalRun} from "../../src/loaders/types.js";
import {difference} from "./comparisons.js";
import type {Row} from "./csv.js";
import {answerOf, areaIn, covidQuestions, type Question} from "./external-groups.js";
import {estimate, interval, percent, ratio} from "./format.js";
import {type Column, dataTable} from "./table.js";

/** What is told of every run, besides whom it takes for COVID-19. */
const normal: Question = {key: "nih_normal", title: "as normal: no finding, NIH", collection: "nih", label: "No finding", takenFor: "normal"}; // prettier-ignore

const questions: Question[] = [...covidQuestions.map((q) => ({...q, title: `as COVID-19: ${q.title}`})), normal];

const shareCell = (e: Estimate) =>
  html`<span>${ratio(e)}<span class="remark">${percent(e.low, 0)}–${percent(e.high, 0)}</span></span>`;

const areaCell = (area: Estimate | null) =>
  area ? html`<span>${estimate(area).split(" ")[0]}<span class="remark">${interval(area)}</span></span>` : "–";

/** How many images every run takes for COVID-19 or normal, and how well it ranks the healthy, each with its interval. */
export function externalTable(runs: readonly ExternalRun[], classes: readonly string[]): HTMLElement {
  const columns: Column<ExternalRun>[] = [
    {label: "Network", header: true, value: ({title}) => title},
    ...questions.map((question): Column<ExternalRun> => ({
      label: question.title.replace(/^as/, "As"),
      align: "right",
      value: (run) => shareCell(answerOf(run, classes, question))
    })),
    {label: "Normal, test images: area", align: "right", value: (run) => areaCell(areaIn(run, "home"))},
    {label: "No finding, NIH: area", align: "right", value: (run) => areaCell(areaIn(run, "nih"))}
  ];
  return dataTable(columns, runs, {label: "What every network makes of images from elsewhere"});
}

/** The table as rows for the download. */
export const externalTableRows = (runs: readonly ExternalRun[], classes: readonly string[]): Row[] =>
  runs.map((run) => ({
    run: run.run,
    title: run.title,
    ...Object.fromEntries(
      questions.flatMap((question) => {
        const {k, n, low, high} = answerOf(run, classes, question);
        return Object.entries({k, n, low, high}).map(([name, value]) => [`${question.key}_${name}`, value]);
      })
    ),
    ...Object.fromEntries(
      ["home", "nih"].flatMap((collection) =>
        Object.entries(areaIn(run, collection) ?? {}).map(([name, value]) => [`${collection}_area_${name}`, value])
      )
    )
  }));

type ExternalPair = ExternalArtifact["pairs"][number];
const groupOf = (pair: ExternalPair, label: string) => pair.groups.find((group) => group.label === label)!.difference;

/** One line a pair of twins: what pretraining changes in both collections. */
export const pairLines = (pairs: readonly ExternalPair[]) =>
  pairs
    .filter(({collection}) => collection === "nih")
    .map((nih) => {
      const figure1 = pairs.find((pair) => pair.collection === "figure1" && pair.title === nih.title);
      return {
        title: nih.title,
        alarms: groupOf(nih, "No finding"),
        recall: figure1 ? groupOf(figure1, "COVID-19") : null,
        area: nih.area
      };
    });

/** What pretraining changes on images from elsewhere, pair by pair. */
export const pairTable = (pairs: readonly ExternalPair[]): HTMLElement =>
  dataTable(
    [
      {label: "Pretrained, less its twin from random weights", header: true, value: ({title}) => title},
      {label: "COVID-19 found, Figure 1", align: "right", value: ({recall}) => (recall ? difference(recall) : "–")},
      {label: "COVID-19 called, NIH without finding", align: "right", value: ({alarms}) => difference(alarms)},
      {label: "Area of normal, NIH", align: "right", value: ({area}) => (area ? difference(area) : "–")}
    ],
    pairLines(pairs),
    {label: "What pretraining changes on images from elsewhere"}
  );
