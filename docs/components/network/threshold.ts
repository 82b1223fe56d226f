import {html} from "htl";
import {atTemperature, type Case, type Estimate, type OperatingPoint, type Outcomes} from "measures";
import type {RunDetail} from "../../../src/report/results/artifact.js";
import {classLabel, className, classTitle} from "../shared/classes.js";
import {confusionMatrix} from "./confusion.js";
import type {Cell} from "./confusion-words.js";
import {count, estimate, percent, plural, ratio, score} from "../shared/format.js";
import {dataTable} from "../shared/table.js";

/** All classes but the one that is looked for. */
const rest = "the rest";

/** The test images, by row, with the probability of one class after temperature scaling. */
export function casesOf({row, actual, probabilities}: RunDetail["predictions"], index: number, temperature = 1) {
  const classes = probabilities[0].length;
  const scaled = atTemperature(probabilities.flat(), classes, temperature);
  return row.map((image, i): Case<number> => ({
    image,
    probability: scaled[i * classes + index],
    isOfClass: actual[i] === index
  }));
}

/** The four outcomes as the cells of a confusion matrix of two classes. */
const cells = (name: string, outcomes: Outcomes): Cell[] => {
  const cell = (actual: string, predicted: string, rows: number[], others: number[]): Cell => ({
    actual,
    predicted,
    rows,
    count: rows.length,
    share: rows.length / (rows.length + others.length)
  });
  const {truePositives, falseNegatives, falsePositives, trueNegatives} = outcomes;
  return [
    cell(name, name, truePositives, falseNegatives),
    cell(name, rest, falseNegatives, truePositives),
    cell(rest, name, falsePositives, trueNegatives),
    cell(rest, rest, trueNegatives, falsePositives)
  ];
};

/** Counts of a class and the rest on both sides of a threshold; its value is the cell whose images are chosen. */
export const thresholdMatrix = (name: string, outcomes: Outcomes, classes: string[]) =>
  confusionMatrix(cells(name, outcomes), {
    classes: [name, rest],
    title: `${classTitle(name)} and the rest at this threshold`,
    label: (one) => (one === rest ? rest : classLabel(one, classes))
  });

const measures: Record<keyof OperatingPoint, {title: string; of: (name: string) => string}> = {
  sensitivity: {title: "Sensitivity (recall)", of: (name) => `of the ${name} images, called so`},
  specificity: {title: "Specificity", of: (name) => `of the images that are not ${name}, called so`},
  positive: {title: "Positive predictive value", of: (name) => `of what is called ${name}, right`},
  negative: {title: "Negative predictive value", of: (name) => `of what is called not ${name}, right`}
};

/** The operating point as rows, for the table and the download. */
export const thresholdRows = (point: OperatingPoint) =>
  (Object.keys(measures) as (keyof OperatingPoint)[]).map((name) => ({measure: name, ...point[name]}));

/** Sensitivity, specificity and predictive values with their 95% intervals. */
export const thresholdTable = (point: OperatingPoint, name: string): HTMLElement =>
  dataTable(
    [
      {
        label: "Measure",
        header: true,
        value: ({measure}) =>
          html`<span
            >${measures[measure].title}<span class="remark">${measures[measure].of(className(name))}</span></span
          >`
      },
      {
        label: "Value (95% interval)",
        align: "right",
        value: (e: Estimate) => html`<span>${estimate(e)}<span class="remark">${ratio(e)}</span></span>`
      }
    ],
    thresholdRows(point),
    {label: `What a threshold on ${classTitle(name)} gives`}
  );

/** What the threshold would mean among 1,000 radiographs, of which a share shows the class. */
export function describeThreshold(
  {sensitivity, specificity, positive}: OperatingPoint,
  prevalence: number,
  name: string
) {
  const present = 1000 * prevalence;
  const [found, alarms] = [present * sensitivity.value, (1000 - present) * (1 - specificity.value)];
  const tenths = (value: number) => (value < 9.95 ? score(value, 1) : count(value));
  const right =
    positive.value > 0
      ? `${score(1 / positive.value, 1)} alarms are raised for every one that is right.`
      : "No alarm is right.";
  return (
    `Where ${percent(prevalence)} of radiographs are ${className(name)}, ${tenths(present)} of ` +
    `1,000 are: the threshold finds ${tenths(found)} of them and misses ` +
    `${tenths(present - found)}, and ${tenths(alarms)} of the others are false alarms. ` +
    `${Number.isNaN(positive.value) ? "No alarm is raised." : right}`
  );
}

/** The prevalence among the test images. */
export const prevalenceIn = (actual: readonly number[], index: number): number =>
  actual.filter((label) => label === index).length / actual.length;

/** The images of a cell in words. */
export const describeOutcome = ({actual, predicted, count: n}: Cell): string =>
  `${plural(n, "test image")} of ${className(actual)}, called ${className(predicted)}`;
