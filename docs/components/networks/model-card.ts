import {html} from "htl";
import type {ResultsArtifact, StudyResult} from "../../../src/report/results/artifact.js";
import type {StudyArtifact} from "../../../src/report/study/artifact.js";
import {classScoreTable} from "../network/class-score-table.js";
import {firstLine, list} from "../shared/format.js";
import {architecture, type CardContext, caveats, type Fact, intended, scores, training} from "./model-card-facts.js";
import type {Network} from "./networks-table.js";

/** The run that a card is about: of the network's runs the best on validation. */
export const cardRun = ({runs}: ResultsArtifact, model: string): StudyResult | undefined =>
  runs.find((run) => run.leadsNetwork && run.model === model);

const facts = (rows: readonly Fact[]): HTMLElement =>
  html`<dl class="model-card-facts">
    ${rows.map(([name, value]) => html.fragment`<dt>${name}</dt><dd>${value}</dd>`)}
  </dl>`;

/** Scores by class, in a region that is named after the network: a page has many of these tables. */
function scoreTable(result: StudyResult, {title}: Network, {study}: CardContext): HTMLElement {
  const {classes, analyses} = study;
  const table = classScoreTable({run: result, resamples: analyses.bootstrap.resamples}, {classes});
  table.querySelector("[role=region]")?.setAttribute("aria-label", `Scores of each class: ${title}`);
  return table;
}

/** Why there is no run to tell of. */
const without = ({id}: Network, {runs}: StudyArtifact): string => {
  const planned = runs.filter(({model}) => model === id);
  const needs = [...new Set(planned.map(({missing}) => firstLine(missing ?? "no result yet")))];
  return planned.length ? `not run here: ${list(needs)}` : "not among the runs of this study";
};

/** The model card of a network (Mitchell et al. 2019), folded until it is opened. */
export function modelCard(network: Network, context: CardContext): HTMLElement {
  const result = cardRun(context.results, network.id);
  const rows = result
    ? [...training(result, context), ...scores(result), ...intended, ...caveats(result, context)]
    : [["Runs", without(network, context.study)] as Fact];
  return html`<details class="model-card" id=${`card-${network.id}`}>
    <summary>${network.title}</summary>
    ${facts([...architecture(network), ...rows])} ${result ? scoreTable(result, network, context) : null}
  </details>`;
}
