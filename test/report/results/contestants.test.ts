import assert from "node:assert/strict";
import {test} from "node:test";
import {ensembles, probes, withoutNetwork} from "../../../src/report/results/contestants.js";
import {study} from "../../../src/study.js";

const members = study.runs.slice(0, 2);
const nodesOf = ({evaluation, predictions}: ReturnType<typeof probes>[number]) => [evaluation.id, predictions.id];

test("a contestant's scores are those of its own predictions", () => {
  for (const one of probes(study)) {
    const model = one.run.slice("probe-".length);
    assert.deepEqual(nodesOf(one), [`probe-evaluation/${model}`, `probe/${model}`]);
    assert.match(one.title, /, linear probe$/);
  }
  for (const one of withoutNetwork(study)) {
    const name = one.run.slice("baseline-".length);
    assert.deepEqual(nodesOf(one), [`baseline-evaluation/${name}`, `baseline/${name}`]);
  }
  for (const one of ensembles(study, members)) {
    const way = one.run.slice("ensemble-".length);
    assert.deepEqual(nodesOf(one), [`ensemble-evaluation/${way}`, `ensemble/${way}`]);
    assert.equal(one.predictions.inputs[`test ${members[0].id}`].id, `predictions/${members[0].id}`);
  }
  assert.ok(probes(study).length > 1);
});

test("each baseline is called by what it knows", () => {
  const titles = Object.fromEntries(withoutNetwork(study).map(({run, title}) => [run, title]));
  assert.match(titles["baseline-prior"], /Shares of the classes/);
  assert.match(titles["baseline-thumbnail"], /thumbnail of 16 × 16 pixels/);
  assert.match(titles["baseline-metadata"], /aspect ratio, size and mean brightness/);
});

test("no ensemble is compared whose weights come from the test images, nor one of a single network", () => {
  assert.deepEqual(
    ensembles(study, members).map(({run}) => run),
    ["ensemble-average", "ensemble-tuned", "ensemble-greedy"]
  );
  assert.deepEqual(ensembles(study, members.slice(0, 1)), []);
});
