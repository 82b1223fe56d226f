import assert from "node:assert/strict";
import {test} from "node:test";
import {twins} from "../../src/lib/study/twins.js";
import {gainsOf} from "../../src/loaders/class-gains.js";
import {study} from "../../src/study.js";
import {source} from "../components/fixtures.js";

const differing = (value: number) => ({value, low: value - 0.1, high: value + 0.1, p: 0.1});
const comparison = (rare: number, common: number) => ({
  rarest: "rare",
  others: differing(common),
  classes: [
    {class: "rare", images: 2, recall: differing(rare), f1: differing(rare)},
    {class: "common", images: 20, recall: differing(common), f1: differing(common)}
  ]
});
const pairs = twins(study).filter(({pretrained}) => pretrained.id.startsWith("mobilenetv2-0.35-imagenet-"));
const members = (...of: ReturnType<typeof comparison>[]) =>
  of.map((one, i) => ({...pairs[i], comparison: one, source}));

test("differences by class stand seed by seed, with an interval over several seeds", () => {
  const one = gainsOf(members(comparison(0.3, 0.1)));
  assert.equal(one.others.spread.interval, null);
  const {classes, others} = gainsOf(members(comparison(0.3, 0.1), comparison(0.5, 0.1)));
  assert.equal(classes[0].recall.spread.mean, 0.4);
  assert.equal(classes[0].f1.spread.interval!.low < 0, true);
  assert.deepEqual(others.seeds.map(({seed}) => seed), [1, 2]); // prettier-ignore
});

test("the rarest class's share of a gain is null where nothing is gained", () => {
  assert.deepEqual(gainsOf(members(comparison(0.3, 0.1), comparison(0.1, -0.2))).shares, [0.75, null]);
});
