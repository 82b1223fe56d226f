import assert from "node:assert/strict";
import test from "node:test";
import {Quadtree} from "../../src/lib/explain/quadtree.js";
import {near, uniform} from "./uniform.js";

const points = 300;
const map = Float64Array.from(uniform(6, 2 * points), (value) => 30 * value);

/** The sum over all pairs. */
function directly(map: Float64Array) {
  const forces = new Float64Array(map.length);
  let total = 0;
  for (let i = 0; i < map.length; i += 2) {
    for (let j = 0; j < map.length; j += 2) {
      if (i === j) continue;
      const [dx, dy] = [map[i] - map[j], map[i + 1] - map[j + 1]];
      const q = 1 / (1 + dx * dx + dy * dy);
      total += q;
      forces[i] += q * q * dx;
      forces[i + 1] += q * q * dy;
    }
  }
  return {total, forces};
}

function byTree(map: Float64Array, theta: number) {
  const tree = new Quadtree(map.length / 2);
  const forces = new Float64Array(map.length);
  tree.build(map);
  return {total: tree.repel(theta, forces), forces};
}

test("without approximation the repulsion is the sum over all pairs", () => {
  const [expected, found] = [directly(map), byTree(map, 0)];
  near(found.total, expected.total, 1e-9 * expected.total);
  for (let at = 0; at < map.length; ++at) near(found.forces[at], expected.forces[at], 1e-9);
});

test("a coarse repulsion is within a few percent", () => {
  const [expected, found] = [directly(map), byTree(map, 0.5)];
  near(found.total / expected.total, 1, 0.01);
  const error = Math.hypot(...found.forces.map((force, at) => force - expected.forces[at]));
  assert.ok(error > 0 && error < 0.03 * Math.hypot(...expected.forces), String(error));
});

test("a tree serves one map after another, and points in one place", () => {
  const tree = new Quadtree(50);
  const forces = new Float64Array(100);
  tree.build(map.subarray(0, 100));
  const first = tree.repel(0.5, forces);
  const before = forces.slice();
  tree.build(new Float64Array(100).fill(3));
  assert.equal(tree.repel(0.5, forces), 50 * 49);
  assert.ok(forces.every((force) => force === 0));
  tree.build(map.subarray(0, 100));
  near(tree.repel(0.5, forces), first, 1e-9 * first);
  for (let at = 0; at < 100; ++at) near(forces[at], before[at], 1e-9);
});
