import assert from "node:assert/strict";
import {test} from "node:test";
import type {Run} from "../../src/lib/study/schema.js";
import {study} from "../../src/study.js";
import {repetitions, twins} from "../../src/lib/study/twins.js";

const run = (id: string, more: Partial<Run> = {}): Run => ({
  id,
  model: "xception",
  initialisation: "imagenet",
  procedure: "long",
  fraction: 1,
  seed: 1,
  ...more
});
const procedures = {
  ...study.procedures,
  long: study.procedures["two-core-fine-tune"],
  short: study.procedures["two-core-from-scratch"],
  gpu: study.procedures["original-xception"]
};
const ids = (runs: Run[]) => twins({runs, procedures}).map(({pretrained, scratch}) => [pretrained.id, scratch.id]);

test("a twin has the same network and seed and starts from random weights", () => {
  const random = {initialisation: "random"} as const;
  const runs = [
    run("other network", {...random, model: "densenet121"}),
    run("other seed", {...random, seed: 2}),
    run("pretrained"),
    run("scale only", {initialisation: "mean-var"}),
    run("scratch", random)
  ];
  assert.deepEqual(ids(runs), [
    ["pretrained", "scratch"],
    ["scale only", "scratch"]
  ]);
});

test("of several twins one of the same procedure is preferred", () => {
  const random = {initialisation: "random"} as const;
  const short = run("short", {...random, procedure: "short"});
  assert.deepEqual(ids([run("pretrained"), short, run("long", random)]), [["pretrained", "long"]]);
  assert.deepEqual(ids([run("pretrained"), short]), [["pretrained", "short"]]);
  assert.deepEqual(ids([run("pretrained")]), []);
});

test("a twin of ImageNet's scale is that of runs from ImageNet alone", () => {
  const scale = run("scale", {initialisation: "mean-var", procedure: "short"});
  const runs = [run("pretrained"), run("other seed", {seed: 2}), scale, run("scratch", {initialisation: "random"})];
  const found = twins({runs, procedures}, "mean-var").map(({pretrained, scratch}) => [pretrained.id, scratch.id]);
  assert.deepEqual(found, [["pretrained", "scale"]]);
});

test("no run on two cores is the twin of one that needs a GPU", () => {
  const random = {initialisation: "random"} as const;
  const gpu = run("gpu", {...random, procedure: "gpu"});
  assert.deepEqual(ids([run("pretrained"), gpu]), []);
  assert.deepEqual(ids([run("pretrained"), gpu, run("scratch", random)]), [["pretrained", "scratch"]]);
});

test("repetitions differ in the seed and the name alone", () => {
  const runs = [run("a"), run("b", {initialisation: "random"}), run("c", {seed: 2}), run("d", {procedure: "short"})];
  assert.deepEqual(
    repetitions({runs}).map((group) => group.map(({id}) => id)),
    [["a", "c"], ["b"], ["d"]]
  );
});
