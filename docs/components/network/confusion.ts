import {html} from "htl";
import {className, classLabel, classTitle} from "../shared/classes.js";
import {type Cell, largestError} from "./confusion-words.js";
import {count, percent} from "../shared/format.js";
import {roving} from "../shared/roving.js";

export interface ConfusionOptions {
  classes: string[];
  /** Its accessible name. */
  title?: string;
  /** What stands before a row. */
  label?: (name: string) => string | Node;
}

/**
 * Confusion matrix: rows are the truth, columns the prediction; a cell shows its count and its share of the row.
 * Every cell is a button that selects the images behind it; the element's value is the selected cell.
 */
export function confusionMatrix(
  cells: Cell[],
  {classes, title = "Confusion matrix", label = (name) => classLabel(name, classes)}: ConfusionOptions
) {
  const at = (actual: string, predicted: string) =>
    cells.find((c) => c.actual === actual && c.predicted === predicted) ?? {
      actual,
      predicted,
      count: 0,
      share: 0,
      rows: []
    };
  const button = (cell: Cell) =>
    html`<button
      type="button"
      class="confusion-cell"
      aria-pressed="false"
      disabled=${cell.count === 0}
      style=${{"--share": `${100 * (cell.share || 0)}%`}}
      onclick=${(event: Event) => select(cell, event.currentTarget as HTMLElement)}
    >
      <span class="confusion-count">${count(cell.count)}</span>
      <span class="confusion-share">${percent(cell.share, 0)}</span>
      <span class="visually-hidden">
        ${className(cell.actual)}, predicted ${className(cell.predicted)}: show the images</span
      >
    </button>`;
  const root = Object.assign(
    html`<div class="confusion">
      <div class="table-scroll" role="region" aria-label=${title} tabindex="0">
        <table>
          <thead>
            <tr>
              <td></td>
              <th scope="colgroup" colspan=${classes.length}>Predicted</th>
            </tr>
            <tr>
              <th scope="col">True</th>
              ${classes.map((name) => html`<th scope="col">${classTitle(name)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${classes.map(
              (actual) =>
                html`<tr>
                  <th scope="row">${label(actual)}</th>
                  ${classes.map(
                    (predicted) =>
                      html`<td class=${actual === predicted ? "diagonal" : "off"}>${button(at(actual, predicted))}</td>`
                  )}
                </tr>`
            )}
          </tbody>
        </table>
      </div>
    </div>`,
    {value: largestError(cells)}
  );

  function mark(target: HTMLElement | null) {
    for (const pressed of root.querySelectorAll("[aria-pressed=true]")) pressed.setAttribute("aria-pressed", "false");
    target?.setAttribute("aria-pressed", "true");
  }
  function select(cell: Cell, target: HTMLElement) {
    mark(target);
    root.value = cell;
    root.dispatchEvent(new CustomEvent("input", {bubbles: true}));
  }
  roving(root, ".confusion-cell:enabled");
  const {actual, predicted} = root.value ?? {};
  const buttons = root.querySelectorAll<HTMLElement>(".confusion-cell");
  if (actual && predicted) mark(buttons[classes.indexOf(actual) * classes.length + classes.indexOf(predicted)]);
  return root;
}
