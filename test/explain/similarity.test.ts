import assert from "node:assert/strict";
import {test} from "node:test";
import {spearman, ssim} from "../../src/lib/explain/similarity.js";
import oracle from "../fixtures/oracles/pictures.json" with {type: "json"};
import {uniform} from "./uniform.js";

const near = (actual: number, expected: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(actual - expected) < tolerance, `${actual} is not ${expected}`);

test("ranks correlate whatever the scale, and their order reversed is -1", () => {
  near(spearman([1, 2, 3, 4], [10, 100, 1e4, 1e9]), 1);
  near(spearman([1, 2, 3, 4], [4, 3, 2, 1]), -1);
});

test("without ties, Spearman's correlation is 1 - 6 sum d^2 / (n (n^2 - 1))", () => {
  const [a, b] = [1, 2].map((seed) => Array.from(uniform(seed, 50)));
  const rank = (values: number[]) => values.map((value) => values.filter((other) => other < value).length);
  const [x, y] = [rank(a), rank(b)];
  const squares = x.reduce((sum, value, i) => sum + (value - y[i]) ** 2, 0);
  near(spearman(a, b), 1 - (6 * squares) / (50 * (2500 - 1)));
});

test("ties share their mean rank", () => {
  // Ranks 0.5 0.5 2 3 and 0 1 2.5 2.5: covariance 4, variances 4.5 and 4.5.
  near(spearman([5, 5, 6, 7], [1, 2, 3, 3]), 4 / 4.5);
});

test("an empty map is like no other", () => assert.equal(spearman([0, 0, 0], [1, 2, 3]), 0));

const picture = (seed: number) => Float32Array.from(uniform(seed, 32 * 32));

test("a picture is structurally itself and unlike noise", () => {
  near(ssim(picture(1), picture(1), 32), 1, 1e-6);
  assert.ok(Math.abs(ssim(picture(1), picture(2), 32)) < 0.1);
});

test("of constant pictures only the luminance differs", () => {
  const [a, b] = [0.2, 0.6].map((value) => new Float32Array(32 * 32).fill(value));
  near(ssim(a, b, 32), (2 * 0.12 + 1e-4) / (0.04 + 0.36 + 1e-4), 1e-5);
});

test("rank correlations equal SciPy's, with ties and without", () => {
  for (const {a, b, rho} of oracle.spearman) near(spearman(a, b), rho);
});

test("structural similarity equals scikit-image's", () => {
  const {side, margin, grey, mean, ...middles} = oracle.ssim;
  const [a, b] = [middles.a, middles.b].map((middle) => {
    const picture = new Float32Array(side * side).fill(grey);
    middle.forEach((line, y) => picture.set(line, (margin + y) * side + margin));
    return picture;
  });
  near(ssim(a, b, side), mean, 1e-6);
});
