import {html} from "htl";
import {operatingPoint, outcomesAt} from "measures";
import type {RunDetail} from "../../../src/report/results/artifact.js";
import {className, classTitle} from "../shared/classes.js";
import {figure} from "../shared/figure.js";
import {score} from "../shared/format.js";
import {imagePanel, predictionsByRow} from "../shared/image-panel.js";
import {panels} from "../shared/panels.js";
import type {Sprite} from "../shared/sprite.js";
import {
  casesOf,
  describeOutcome,
  describeThreshold,
  thresholdMatrix,
  thresholdRows,
  thresholdTable
} from "./threshold.js";

export interface ThresholdChoice {
  /** The class that is looked for, and how probable it must be. */
  target: string;
  threshold: number;
  /** What the probabilities are scaled by; 1 leaves them as they are. */
  temperature: number;
  /** Share of the class where the threshold would be used. */
  prevalence: number;
}

const caption =
  "Sensitivity and specificity have Clopper–Pearson’s intervals. Those of the predictive values " +
  "reach from the worst to the best of both: from their own intervals at a level of √0.95, which " +
  "hold together with a chance of at least 95%. The prevalence is that of the test images until " +
  "you change it. A threshold that was chosen by a look at these images promises more than it " +
  "will keep.";

/**
 * One class against the rest at the reader's threshold and prevalence: counts, shares, words, and the images of a cell.
 */
export function thresholdFigure(
  run: RunDetail,
  {target, threshold, temperature, prevalence}: ThresholdChoice,
  {classes, sprite}: {classes: string[]; sprite: Sprite}
): HTMLElement {
  const predictions = predictionsByRow(run, classes);
  const outcomes = outcomesAt(casesOf(run.predictions, classes.indexOf(target), temperature), threshold);
  const point = operatingPoint(outcomes, prevalence);
  const matrix = thresholdMatrix(target, outcomes, classes);
  const images = html`<div></div>`;
  const show = () => {
    const cell = matrix.value;
    if (!cell) return;
    const found = cell.rows.flatMap((row) => predictions.get(row) ?? []);
    const outcome = {right: cell.actual === cell.predicted, words: `called ${className(cell.predicted)}`};
    images.replaceChildren(imagePanel(found, {classes, sprite, heading: describeOutcome(cell), outcome}));
  };
  matrix.addEventListener("input", show);
  show();
  const title = `${classTitle(target)} and the rest, by a threshold of ${score(threshold, 3)}`;
  return html`<div>
    ${figure(
      {name: "threshold", title, caption, source: run.source, data: thresholdRows(point)},
      panels(matrix, thresholdTable(point, target)),
      html`<p class="threshold-words">${describeThreshold(point, prevalence, target)}</p>`
    )}
    ${images}
  </div>`;
}
