import {html} from "htl";
import type {RunDetail} from "../../../src/report/results/artifact.js";
import {classColor, classTitle} from "./classes.js";
import {percent} from "./format.js";
import {pagedList} from "./paged.js";
import {type Sprite, thumbnail} from "./sprite.js";

/** A test image and what a run says about it. */
export interface Prediction {
  row: number;
  actual: string;
  predicted: string;
  /** One per class, in the study's order. */
  probabilities: number[];
}

/** The predictions of a run, one per test image, by row. */
export const predictionsByRow = ({predictions: p}: RunDetail, classes: string[]): Map<number, Prediction> =>
  new Map(
    p.row.map((row, i) => [
      row,
      {row, actual: classes[p.actual[i]], predicted: classes[p.predicted[i]], probabilities: p.probabilities[i]}
    ])
  );

/** The predictions as rows for the download. */
export const predictionRows = (predictions: Iterable<Prediction>, classes: string[]) =>
  Array.from(predictions, ({probabilities, ...rest}) => ({
    ...rest,
    ...Object.fromEntries(classes.map((name, i) => [`p_${name}`, probabilities[i]]))
  }));

/** What became of an image, and whether that is right. */
export interface Outcome {
  right: boolean;
  words: string;
}

export interface ImagePanelOptions {
  classes: string[];
  sprite: Sprite;
  heading: string;
  sort?: boolean;
  /** Of all images, where it is not by their most likely class that they are judged. */
  outcome?: Outcome;
}

/** The outcome by the most likely class. */
const byClass = ({actual, predicted}: Prediction): Outcome => {
  const right = actual === predicted;
  return {right, words: right ? "correct" : `predicted ${classTitle(predicted)}`};
};

/**
 * Test images as cards: thumbnail, truth, outcome and the predicted probabilities; the least certain last, or as they
 * come.
 */
export function imagePanel(
  predictions: readonly Prediction[],
  {classes, sprite, heading, sort = true, outcome}: ImagePanelOptions
): HTMLElement {
  const confidence = ({probabilities}: Prediction) => Math.max(...probabilities);
  const sorted = sort ? [...predictions].sort((a, b) => confidence(b) - confidence(a)) : predictions;
  return html`<section class="image-panel" aria-label="Images behind the selection">
    <p class="panel-heading" role="status">${heading}</p>
    ${pagedList(sorted, (p) => imageCard(p, outcome ?? byClass(p), {classes, sprite}), {label: heading})}
  </section>`;
}

function imageCard(
  {row, actual, probabilities}: Prediction,
  {right, words}: Outcome,
  {classes, sprite}: {classes: string[]; sprite: Sprite}
): HTMLElement {
  return html`<li class="image-card" tabindex="-1">
    ${thumbnail(sprite, row, {size: 112, label: `Test image ${row}, ${classTitle(actual)}`})}
    <p class="card-title">Row ${row}: ${classTitle(actual)}<br />${right ? "✓" : "✗"} ${words}</p>
    <ul class="probabilities" aria-label="Predicted probabilities">
      ${classes.map(
        (name, i) =>
          html`<li>
            <span class="probability-name">${classTitle(name)}</span>
            <span
              class="probability-bar"
              style=${{"--value": `${100 * probabilities[i]}%`, "--bar": classColor(name, classes)}}
            ></span>
            <span class="probability-value">${percent(probabilities[i], 0)}</span>
          </li>`
      )}
    </ul>
  </li>`;
}
