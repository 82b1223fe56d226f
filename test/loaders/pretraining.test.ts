import assert from "node:assert/strict";
import {test} from "node:test";
import {describer, grouped} from "../../src/loaders/pretraining.js";
import {titleOf} from "../../src/report/shared/support.js";
import {cited} from "../../src/report/results/reference-values.js";
import {study} from "../../src/study.js";
import {twins} from "../../src/lib/study/twins.js";
import {source} from "../components/fixtures.js";

const named = (id: string) => study.runs.find((run) => run.id === id)!;
const difference = {value: 0.1, low: 0.05, high: 0.15, p: 0.01};
const pairsOf = (value: (seed: number) => number) =>
  twins(study).map((pair) => ({...pair, source, difference: {...difference, value: value(pair.pretrained.seed)}}));

test("all seeds of a network, start and share make one pair, with an interval over them", () => {
  const pairs = pairsOf((seed) => 0.1 + seed / 100);
  const whole = (pairs: ReturnType<typeof grouped>, start: string) =>
    pairs.find(({network, ...pair}) => network === "MobileNetV2 0.35" && pair.start === start && pair.fraction === 1)!;
  const five = whole(grouped(pairs, describer([])), "ImageNet");
  assert.deepEqual(
    five.seeds.map(({seed}) => seed),
    [1, 2, 3, 4, 5]
  );
  assert.deepEqual([five.spread.n, five.spread.mean], [5, 0.13]);
  // Student's quantile at 4 degrees of freedom is 2.776, the standard deviation of the five 0.01581.
  assert.deepEqual(five.spread.interval, {low: 0.110367, high: 0.149632});
  const three = whole(
    grouped(
      pairs.filter(({pretrained}) => pretrained.seed < 4),
      describer([])
    ),
    "ImageNet"
  );
  assert.equal(three.spread.n, 3);
  assert.equal(whole(grouped(pairs, describer([])), "ImageNet's mean and variance").spread.interval, null);
});

test("runs of one network within several budgets are told apart where they have results", () => {
  const [short, long] = ["xception-imagenet-1", "xception-imagenet-original-1"].map(named);
  assert.equal(describer([short])(short).network, "Xception");
  assert.deepEqual(
    [short, long].map((run) => describer([short, long])(run).network),
    ["Xception, two cores, large network", "Xception, original"]
  );
});

test("no two runs of the study have one title, nor that of what was published", () => {
  const titles = [...study.runs.map(titleOf), ...cited.map(({title}) => title)];
  assert.equal(new Set(titles).size, titles.length);
  const covidNet = study.runs.filter(({model}) => model === "covid-net").map(titleOf);
  assert.deepEqual(covidNet, ["COVID-Net, random", "COVID-Net, random, as COVID-Net was trained"]);
});
