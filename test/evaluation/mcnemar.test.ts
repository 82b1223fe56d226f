import assert from "node:assert/strict";
import test from "node:test";
import {mcnemar} from "../../src/lib/evaluation/mcnemar.js";
import {argmax} from "../../src/lib/measures/predictions.js";
import oracle from "../fixtures/oracles/inference.json" with {type: "json"};
import {near, reference} from "../measures/reference.js";

const predictions = (right: string) => Array.from(right, (mark) => Number(mark === "x"));

test("only images that one of the two gets right count", () => {
  const labels = new Array<number>(13).fill(1);
  const {table, p} = mcnemar(labels, predictions("xxxxxxxxxx..."), predictions("x........xx.."));
  assert.deepEqual(table, [
    [2, 8],
    [1, 2]
  ]);
  near(p, (2 * (1 + 9)) / 2 ** 9);
});

test("no difference, or as many either way, is no evidence", () => {
  assert.equal(mcnemar([1, 1], [1, 0], [1, 0]).p, 1);
  assert.equal(mcnemar([1, 1], [1, 0], [0, 1]).p, 1);
  near(mcnemar([1, 1, 1], [1, 0, 1], [0, 1, 0]).p, 1);
  for (const [a, b] of [
    [[1], [1, 0]],
    [[1, 0], [1]]
  ])
    assert.throws(() => mcnemar([1, 1], a, b), /Predictions for . and . images, but 2 labels\.\n.*same split/);
});

test("the exact test equals statsmodels's", () => {
  const [a, b] = [reference.probabilities_a, reference.probabilities_b].map((rows) => argmax(rows.flat(), 4));
  const {table, p} = mcnemar(reference.labels, a, b);
  assert.deepEqual(table, reference.mcnemar_exact.table);
  near(p, reference.mcnemar_exact.p);
});

test("of any table the p-value is statsmodels's", () => {
  for (const {table, p} of oracle.mcnemar) {
    // An image is right, 1, or wrong, 0, by the first and by the second.
    const pairs = table.flatMap((row, a) =>
      row.flatMap((count, b) => Array.from({length: count}, () => [1 - a, 1 - b]))
    );
    const found = mcnemar(
      pairs.map(() => 1),
      pairs.map(([a]) => a),
      pairs.map(([, b]) => b)
    );
    assert.deepEqual(found.table, table);
    near(found.p, p);
  }
});
