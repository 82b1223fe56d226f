import assert from "node:assert/strict";
import test from "node:test";
import {procrustes} from "../../src/lib/explain/procrustes.js";
import {near, uniform} from "./uniform.js";

const target = uniform(2, 60);

/** Turned by an angle, mirrored or not, scaled and moved. */
function disguised(map: Float32Array, angle: number, mirror: number): Float32Array {
  return Float32Array.from(map, (_, at) => {
    const [x, y] = [map[at - (at % 2)], mirror * map[at - (at % 2) + 1]];
    const turned = at % 2 ? Math.sin(angle) * x + Math.cos(angle) * y : Math.cos(angle) * x - Math.sin(angle) * y;
    return 7 * turned + 3;
  });
}

test("a map that was moved, turned, mirrored and scaled is laid back over itself", () => {
  for (const angle of [0, 1, 2.5, -3]) {
    for (const mirror of [1, -1]) {
      const {coordinates, disparity} = procrustes(disguised(target, angle, mirror), target);
      coordinates.forEach((value, at) => near(value, target[at], 1e-5));
      near(disparity, 0, 1e-9);
    }
  }
});

test("the disparity of unlike maps equals SciPy's, and the map keeps the other's size", () => {
  const map = Float32Array.of(0, 0, 1, 0, 1, 1, 0, 2);
  const other = Float32Array.of(0, 0, 2, 1, 1, 3, -1, 1);
  const {coordinates, disparity} = procrustes(map, other);
  near(disparity, 0.27350427350427353, 1e-6);
  const spread = (points: Float32Array) =>
    [0, 1].reduce((sum, axis) => {
      const values = points.filter((_, at) => at % 2 === axis);
      const mean = values.reduce((a, b) => a + b) / values.length;
      return sum + values.reduce((a, b) => a + (b - mean) ** 2, 0);
    }, 0);
  near(spread(coordinates), spread(other), 1e-4);
});

test("a map that is a single place cannot be aligned", () => {
  assert.throws(() => procrustes(new Float32Array(60).fill(2), target), {name: "UserError"});
});
