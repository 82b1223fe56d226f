import type {Estimate} from "measures";
import {html} from "htl";
import type {ExternalRun} from "../../../src/report/external/artifact.js";
import type {Row} from "../shared/csv.js";
import {answerOf, areaIn, covidQuestions, type Question} from "./groups.js";
import {estimate, interval, percent, ratio} from "../shared/format.js";
import {type Column, dataTable} from "../shared/table.js";

const normal: Question = {key: "nih_normal", title: "", collection: "nih", label: "No finding", takenFor: "normal"};
const questions = [...covidQuestions, normal];
/** Heads of the columns, short enough for all of them to be seen. */
const heads = ["Test, COVID-19", "Figure 1, COVID-19", "Test, normal", "NIH, no finding", "NIH as normal"];

const shareCell = (e: Estimate) =>
  html`<span>${ratio(e)}<span class="remark">${percent(e.low, 0)}–${percent(e.high, 0)}</span></span>`;

const areaCell = (area: Estimate | null) =>
  area ? html`<span>${estimate(area).split(" ")[0]}<span class="remark">${interval(area)}</span></span>` : "–";

/**
 * How many images every run takes for COVID-19 or normal, and how well it ranks the healthy, each with its interval.
 */
export function externalTable(runs: readonly ExternalRun[], classes: readonly string[]): HTMLElement {
  const columns: Column<ExternalRun>[] = [
    {label: "Run", header: true, value: ({title}) => title},
    ...questions.map((question, i): Column<ExternalRun> => ({
      label: heads[i],
      align: "right",
      value: (run) => shareCell(answerOf(run, classes, question))
    })),
    {label: "Area, test", align: "right", value: (run) => areaCell(areaIn(run, "home"))},
    {label: "Area, NIH", align: "right", value: (run) => areaCell(areaIn(run, "nih"))}
  ];
  return dataTable(columns, runs, {label: "What every run makes of images from elsewhere"});
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
