import assert from "node:assert/strict";
import test from "node:test";
import {linearCka} from "../../src/lib/explain/cka.js";
import {mulberry32, normal} from "../../src/lib/measures/random.js";
import {near} from "../measures/reference.js";

const random = mulberry32(3);
const noise = (rows: number, columns: number) => Array.from({length: rows * columns}, () => normal(random));
const rows = 40;
const a = {values: noise(rows, 3), columns: 3};

/**
 * HSIC as a U-statistic, by its definition over all pairs, triples and quadruples of different images (Song et al.
 * 2012): the mean of K_ij L_ij, and of K_ij L_qr, less twice that of K_ij L_iq.
 */
function byTuples(x: typeof a, y: typeof a, n: number): number {
  const product =
    ({values, columns}: typeof a) =>
    (i: number, j: number) =>
      Array.from({length: columns}, (_, c) => values[i * columns + c] * values[j * columns + c]).reduce(
        (s, v) => s + v
      );
  const [k, l] = [product(x), product(y)];
  const all = Array.from({length: n}, (_, i) => i);
  const others = (...taken: number[]) => all.filter((i) => !taken.includes(i));
  let [pairs, triples, quadruples] = [0, 0, 0];
  for (const i of all) {
    for (const j of others(i)) {
      pairs += k(i, j) * l(i, j);
      for (const q of others(i, j)) {
        triples += k(i, j) * l(i, q);
        for (const r of others(i, j, q)) quadruples += k(i, j) * l(q, r);
      }
    }
  }
  const arrangements = (m: number) => all.slice(0, m).reduce((count, i) => count * (n - i), 1);
  return pairs / arrangements(2) + quadruples / arrangements(4) - (2 * triples) / arrangements(3);
}

test("it is what the definition over tuples of different images gives, also for different widths", () => {
  const n = 9;
  const few = {values: a.values.slice(0, 3 * n), columns: 3};
  const bent = {values: few.values.map((value, i) => value ** 2 + 0.3 * few.values[i - (i % 3)]), columns: 3};
  const wide = {values: noise(n, 7), columns: 7};
  for (const other of [bent, wide]) {
    const expected = byTuples(few, other, n) / Math.sqrt(byTuples(few, few, n) * byTuples(other, other, n));
    near(linearCka(few, other), expected);
    near(linearCka(other, few), expected);
  }
});

test("a rotation, a scale and a shift change nothing; a stretch of one direction does", () => {
  const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
  const map = (f: (row: number[]) => number[]) => ({
    values: Array.from({length: rows}, (_, i) => f(a.values.slice(3 * i, 3 * i + 3))).flat(),
    columns: 3
  });
  near(
    linearCka(
      a,
      map(([x, y, z]) => [5 * (c * x - s * y) + 1, 5 * (s * x + c * y), 5 * z - 2])
    ),
    1
  );
  assert.ok(
    linearCka(
      a,
      map(([x, y, z]) => [20 * x, y, z])
    ) < 0.9,
    "it changes"
  );
});

test("unrelated features have nothing in common, even where they are wider than there are images", () => {
  const wide = () => ({values: noise(rows, 200), columns: 200});
  const found = Array.from({length: 10}, () => linearCka(wide(), wide()));
  const mean = found.reduce((sum, value) => sum + value) / found.length;
  assert.ok(Math.abs(mean) < 0.03, `${mean} is about 0`);
});

test("what cannot be compared is refused", () => {
  assert.throws(
    () => linearCka({values: noise(3, 3), columns: 3}, {values: noise(3, 2), columns: 2}),
    /takes 4 or more/
  );
  assert.throws(() => linearCka(a, {values: noise(10, 3), columns: 3}), /40 and of 10 images/);
  assert.throws(() => linearCka(a, {values: new Array(rows).fill(0.1), columns: 1}), /have no CKA/);
  assert.throws(() => linearCka(a, {values: new Array(rows).fill(NaN), columns: 1}), /have no CKA/);
});
