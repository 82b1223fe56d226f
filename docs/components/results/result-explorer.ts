import {html} from "htl";
import type {Source} from "../../../src/report/shared/source.js";
import {figure} from "../shared/figure.js";
import {allClasses, type ResultRow} from "./result-rows.js";
import {resultTable} from "./result-table.js";
import {type Choice, firstChoice, scoresOf, valuesOf, view} from "./result-view.js";

const caption =
  "Filter the rows, sort them by a column’s heading, or take the mean of the runs that differ in the seed alone, " +
  "which stands with the least and the greatest of them in place of a 95% interval. The download holds what is shown.";

/** Offers values to choose from, each under its name. */
function select(
  label: string,
  options: [value: string, name: string][],
  value: string,
  choose: (value: string) => void
) {
  const onchange = (event: Event) => choose((event.currentTarget as HTMLSelectElement).value);
  return html`<label>
    ${label}
    <select onchange=${onchange}>
      ${options.map(([one, name]) => html`<option value=${one} selected=${one === value}>${name}</option>`)}
    </select>
  </label>`;
}

const named = (values: string[]) => values.map((value): [string, string] => [value, value]);
const every = (values: string[]): [string, string][] => [["", "All"], ...named(values)];

/** All results as a table that a reader filters, sorts, groups and downloads. */
export function resultExplorer(rows: readonly ResultRow[], source: Source[], dataset: string): HTMLElement {
  let choice: Choice = firstChoice;
  const root = html`<div class="result-explorer"></div>`;
  /** Draws anew; what had the focus, known by its place among the controls, gets it back. */
  function choose(change: Partial<Choice>) {
    choice = {...choice, ...change};
    const scores = scoresOf(rows, choice.class);
    if (!scores.includes(choice.score)) choice = {...choice, score: scores[0] ?? ""};
    const focused = controls().indexOf(document.activeElement as HTMLElement);
    root.replaceChildren(...draw(scores));
    controls()[focused]?.focus();
  }
  const controls = () => [...root.querySelectorAll<HTMLElement>("select, input, .sort")];
  function draw(scores: string[]): HTMLElement[] {
    const shown = view(rows, choice);
    const of = (name: "network" | "start" | "class" | "score", options: [string, string][]) =>
      select(name[0].toUpperCase() + name.slice(1), options, choice[name], (value) => choose({[name]: value}));
    const classes = valuesOf(rows, "class");
    const title = `${choice.score}${choice.class === allClasses ? "" : ` of ${choice.class}`}`;
    const sortBy = (name: string) =>
      choose({sort: name, descending: name === choice.sort ? !choice.descending : name === "value"});
    return [
      html`<div class="result-choices">
        ${of("network", every(valuesOf(rows, "network")))} ${of("start", every(valuesOf(rows, "start")))}
        ${of(
          "class",
          classes.map((name) => [name, name === allClasses ? "All classes" : name])
        )}
        ${of("score", named(scores))}
        <label
          ><input
            type="checkbox"
            checked=${choice.overSeeds}
            onchange=${() => choose({overSeeds: !choice.overSeeds, sort: "value"})}
          />
          Mean over seeds</label
        >
      </div>`,
      figure(
        {name: "results", title, caption, source, data: shown.map((row) => ({dataset, ...row}))},
        resultTable(shown, {choice, sortBy})
      )
    ];
  }
  choose({});
  return root;
}
