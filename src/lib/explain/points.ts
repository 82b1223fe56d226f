import {UserError} from "../support/errors.js";

/** Number of columns of a row-major matrix; `UserError` when it is not whole or a value is not finite. */
export function checkPoints(values: Float32Array, rows: number, what: string): number {
  const columns = values.length / rows;
  if (!Number.isInteger(rows) || rows < 1 || !Number.isInteger(columns) || columns < 1) {
    throw new UserError(`${what}: ${values.length} values do not make ${rows} rows of equal length.`);
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new UserError(`${what}: row ${Math.floor(bad / columns)}, column ${bad % columns} is ${values[bad]}.`, {
      hint: "Features must be finite numbers: look at the images and the weights that they were computed from."
    });
  }
  return columns;
}

/** Throws `UserError` when all rows are the same, exactly: there is nothing to explain then. */
export function checkVaried(values: Float32Array, columns: number, what: string): void {
  if (values.every((value, at) => at < columns || value === values[at - columns])) {
    throw new UserError(`${what}: all rows of features are the same.`, {
      hint: "Check the network and the images that the features were computed from."
    });
  }
}

/** Squared Euclidean distances from point `i` to every point, written to `distances`. */
export function squaredDistances(values: Float32Array, columns: number, i: number, distances: Float64Array): void {
  for (let j = 0, at = 0; j < distances.length; ++j) {
    let sum = 0;
    for (let from = i * columns, end = from + columns; from < end; ++from, ++at) {
      const difference = values[from] - values[at];
      sum += difference * difference;
    }
    distances[j] = sum;
  }
}
