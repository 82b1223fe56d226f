import assert from "node:assert/strict";
import test from "node:test";
import {linearCka} from "../../src/lib/evaluation/cka.js";
import {mulberry32, normal} from "../../src/lib/support/random.js";
import {near} from "./reference.js";

const random = mulberry32(3);
const noise = (rows: number, columns: number) => Array.from({length: rows * columns}, () => normal(random));
const rows = 40;
const a = {values: noise(rows, 3), columns: 3};

/** The definition by cross-covariances (Kornblith et al. 2019, equation 5): |Y'X|^2 / (|X'X| |Y'Y|), columns centred. */
function byCovariance(x: typeof a, y: typeof a): number {
  const centred = ({values, columns}: typeof a) =>
    Array.from({length: columns}, (_, column) => {
      const entries = Array.from({length: rows}, (_, row) => values[row * columns + column]);
      const mean = entries.reduce((sum, value) => sum + value) / rows;
      return entries.map((value) => value - mean);
    });
  const squared = (p: number[][], q: number[][]) =>
    p.flatMap((u) => q.map((v) => u.reduce((sum, value, i) => sum + value * v[i], 0) ** 2)).reduce((s, v) => s + v);
  const [p, q] = [centred(x), centred(y)];
  return squared(q, p) / Math.sqrt(squared(p, p) * squared(q, q));
}

test("it is what the definition by covariances gives, also for different widths", () => {
  const b = {values: a.values.map((value, i) => value ** 2 + 0.3 * a.values[i - (i % 3)]), columns: 3};
  const wide = {values: noise(rows, 7), columns: 7};
  near(linearCka(a, b), byCovariance(a, b));
  near(linearCka(a, wide), byCovariance(a, wide));
  near(linearCka(wide, a), linearCka(a, wide));
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
    ) < 0.9
  );
});

test("unrelated features of many images have little in common", () => {
  const many = () => ({values: noise(400, 2), columns: 2});
  assert.ok(linearCka(many(), many()) < 0.05);
});

test("what cannot be compared is refused", () => {
  assert.throws(() => linearCka(a, {values: noise(10, 3), columns: 3}), /40 and of 10 images/);
  assert.throws(() => linearCka(a, {values: new Array(rows).fill(0.1), columns: 1}), /have no CKA/);
  assert.throws(() => linearCka(a, {values: new Array(rows).fill(NaN), columns: 1}), /have no CKA/);
});
