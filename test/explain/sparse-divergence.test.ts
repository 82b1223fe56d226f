import test from "node:test";
import {jointAffinities} from "../../src/lib/explain/affinities.js";
import {exactKl} from "../../src/lib/explain/divergence.js";
import {Quadtree} from "../../src/lib/explain/quadtree.js";
import {sparseAffinities} from "../../src/lib/explain/sparse-affinities.js";
import {sparseGradient, sparseKl} from "../../src/lib/explain/sparse-divergence.js";
import {near, uniform} from "./uniform.js";

const rows = 40;
const data = uniform(1, 240);
const map = Float64Array.from(uniform(4, 2 * rows), (value) => 3 * value);

test("with every point a neighbour, the divergence is the exact one", () => {
  const coordinates = Float32Array.from(map);
  const exact = exactKl(jointAffinities(data, {rows, perplexity: 13}), coordinates);
  near(sparseKl(sparseAffinities(data, {rows, perplexity: 13}), coordinates), exact, 1e-5);
});

test("the gradient is the divergence's slope, but for what the quadtree rounds", () => {
  const affinities = sparseAffinities(data, {rows, perplexity: 5});
  const gradient = new Float64Array(2 * rows);
  sparseGradient(affinities, map, 1, gradient, {tree: new Quadtree(rows), forces: new Float64Array(2 * rows)});
  const step = 2 ** -10;
  for (let at = 0; at < map.length; at += 7) {
    const moved = (by: number) => sparseKl(affinities, Float32Array.from(map.with(at, map[at] + by)));
    near(gradient[at], (moved(step) - moved(-step)) / (2 * step), 1e-3);
  }
});
