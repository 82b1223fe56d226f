import assert from "node:assert/strict";
import test from "node:test";
import {stage} from "../../src/lib/pipeline/stage.js";
import type {Node} from "../../src/lib/pipeline/types.js";
import {metrics, training} from "./fixtures/stages.js";

const module = import.meta.url;

test("a stage applied to its arguments is a description with id, parameters and inputs, and nothing runs", () => {
  const node = metrics({run: {id: "densenet/1", epochs: 4}});
  assert.equal(node.id, "metrics/densenet/1");
  assert.equal(node.inputs.training.id, "training/densenet/1");
  assert.deepEqual(node.inputs.training.params, {epochs: 4});
  assert.equal(node.inputs.training.inputs.images.id, "images");
  assert.deepEqual([node.publish, node.revision, node.inputs.training.revision], [false, undefined, 1]);
});

test("an input that is undefined for these arguments is left out", () => {
  const probe = stage({
    name: "probe",
    module,
    inputs: ({pretrained}: {pretrained: boolean}) => ({
      training: pretrained ? training({run: {id: "a", epochs: 1}}) : undefined
    }),
    run: ({training}): number => training?.weights.length ?? 0
  });
  assert.deepEqual(Object.keys(probe({pretrained: true}).inputs), ["training"]);
  assert.deepEqual(Object.keys(probe({pretrained: false}).inputs), []);
});

test("types flow from parameters and inputs to run and to the node", () => {
  const total = stage({
    name: "total",
    module,
    inputs: ({names}: {names: string[]}) =>
      Object.fromEntries(names.map((id) => [id, metrics({run: {id, epochs: 1}})] as const)),
    params: {scale: 2},
    run: (inputs, {scale}) => ({total: scale * Object.values(inputs).reduce((sum, input) => sum + input.sum, 0)})
  });
  const node: Node<{total: number}> = total({names: ["a", "b"]});
  assert.deepEqual(Object.keys(node.inputs), ["a", "b"]);
  // @ts-expect-error a node of numbers is not a node of texts
  const wrong: Node<{total: string}> = node;
  assert.equal(wrong, node);
});

test("an id that could leave its folder is refused", () => {
  const named = stage({name: "named", module, id: ({id}: {id: string}) => id, run: () => 1});
  for (const id of ["../x", "a/../b", "a b", "", "a//b"]) assert.throws(() => named({id}), /cannot name a file/);
});
