import test from "node:test";
import {jointAffinities} from "../../src/lib/explain/affinities.js";
import {divergenceGradient, exactKl} from "../../src/lib/explain/divergence.js";
import {near, uniform} from "./uniform.js";

const rows = 40;
const affinities = jointAffinities(uniform(1, 240), {rows, perplexity: 8});

test("the divergence of a map equals the reference program's", () => {
  const map = uniform(2, 2 * rows);
  near(exactKl(affinities, map), 1.4829726153594591, 1e-5);
  near(
    exactKl(
      affinities,
      map.map((value) => 20 * value)
    ),
    2.4399513614967945,
    1e-5
  );
});

test("the gradient is the divergence's slope", () => {
  const map = Float64Array.from(uniform(4, 2 * rows), (value) => 3 * value);
  const gradient = new Float64Array(2 * rows);
  divergenceGradient(affinities, map, 1, gradient, new Float64Array(4 * rows));
  const step = 2 ** -10;
  for (let at = 0; at < map.length; at += 7) {
    const moved = (by: number) => exactKl(affinities, Float32Array.from(map.with(at, map[at] + by)));
    near(gradient[at], (moved(step) - moved(-step)) / (2 * step), 1e-6);
  }
});
