import type {RunDetail} from "../../../src/report/results/artifact.js";
import {className} from "../shared/classes.js";
import {count, plural} from "../shared/format.js";

export type Cell = RunDetail["confusion"][number];

/** A cell in words: "4 test images of class viral, predicted bacterial". */
export const describeCell = ({actual, predicted, count: n}: Cell): string =>
  actual === predicted
    ? `${plural(n, "test image")} of class ${className(actual)}, predicted correctly`
    : `${plural(n, "test image")} of class ${className(actual)}, predicted ${className(predicted)}`;

/** The confusion with the most images: what is shown first. */
export function largestError(cells: Cell[]): Cell | undefined {
  const errors = cells.filter((c) => c.actual !== c.predicted && c.count > 0);
  return errors.length ? errors.reduce((a, b) => (b.count > a.count ? b : a)) : cells.find((c) => c.count > 0);
}

/** Which two classes are confused most: "bacterial predicted viral (23 of 246)". */
export function worstConfusion(cells: Cell[]): string {
  const cell = largestError(cells);
  if (!cell || cell.actual === cell.predicted) return "none";
  const total = cells.filter((c) => c.actual === cell.actual).reduce((sum, c) => sum + c.count, 0);
  return `${className(cell.actual)} predicted ${className(cell.predicted)} (${count(cell.count)} of ${count(total)})`;
}
