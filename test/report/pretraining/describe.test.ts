import assert from "node:assert/strict";
import {test} from "node:test";
import reference from "../../../data/reference-values.json" with {type: "json"};
import {twins, type Twins} from "../../../src/lib/study/twins.js";
import {alikeButForSeed, describer, levels, seedTwins, wayOf} from "../../../src/report/pretraining/describe.js";
import {gainOverSeeds} from "../../../src/report/pretraining/over-seeds.js";
import {startOf, titleOf} from "../../../src/report/shared/support.js";
import {study} from "../../../src/study.js";
import {alone} from "../alone.js";

const named = (id: string) => study.runs.find((run) => run.id === id)!;
const groups = alikeButForSeed(twins(study), describer([]));
const groupOf = (start: string) =>
  groups.find(
    ([{pretrained}]) =>
      pretrained.model === "mobilenetv2_0.35" && pretrained.fraction === 1 && startOf(pretrained) === start
  )!;
/** A gain of 0.1 and a hundredth for every number of the seed; other scores differ otherwise. */
const difference = (value: number) => ({value, low: value - 0.05, high: value + 0.05, p: 0.01});
const gainOf = (pairs: readonly Twins[]) =>
  alone(
    gainOverSeeds({study, pairs}),
    Object.fromEntries(
      pairs.map(({pretrained: {seed}}) => [
        `seed ${seed}`,
        {macroF1: difference(0.1 + seed / 100), accuracy: difference(0), weightedF1: difference(0)}
      ])
    )
  );

test("all seeds of a network, start and share make one pair, with an interval over them", () => {
  const five = groupOf("ImageNet");
  const {seeds, spread} = gainOf(five);
  assert.deepEqual(
    seeds.map(({seed, difference}) => [seed, difference.value]),
    [1, 2, 3, 4, 5].map((seed) => [seed, 0.1 + seed / 100])
  );
  assert.deepEqual([spread.n, spread.mean.toFixed(9)], [5, "0.130000000"]);
  // Student's quantile at 4 degrees of freedom is 2.776, the standard deviation of the five 0.01581.
  assert.deepEqual([spread.interval!.low.toFixed(6), spread.interval!.high.toFixed(6)], ["0.110368", "0.149632"]);
  assert.equal(gainOf(five.slice(0, 3)).spread.n, 3);
  assert.equal(gainOf(groupOf("ImageNet's mean and variance")).spread.interval, null);
});

test("each seed's gain is told of its own twins, the pretrained one less the one from random weights", () => {
  const five = groupOf("ImageNet");
  assert.deepEqual(
    seedTwins(five, gainOf(five)).map(({seed, pretrained, scratch, difference}) => [
      seed,
      pretrained,
      scratch,
      difference.value
    ]),
    [1, 2, 3, 4, 5].map((seed) => [
      seed,
      `mobilenetv2-0.35-imagenet-${seed}`,
      `mobilenetv2-0.35-random-${seed}`,
      0.1 + seed / 100
    ])
  );
  const [{inputs}] = Object.values(gainOverSeeds({study, pairs: five}).inputs);
  assert.deepEqual(
    [inputs.a.id, inputs.b.id],
    ["predictions/mobilenetv2-0.35-imagenet-1", "predictions/mobilenetv2-0.35-random-1"]
  );
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
  const titles = [...study.runs.map(titleOf), ...reference.results.map(({title}) => title)];
  assert.equal(new Set(titles).size, titles.length);
  const covidNet = study.runs.filter(({model}) => model === "covid-net").map(titleOf);
  assert.deepEqual(covidNet, ["COVID-Net, random", "COVID-Net, random, as COVID-Net was trained"]);
});

test("a run's way to its score is told by its own epochs: which was kept, which was best, and when it reached what", () => {
  const epochs = [
    {epoch: 1, size: 64, macroF1: 0.52, weightedF1: 0.6},
    {epoch: 2, size: 64, macroF1: 0.66, weightedF1: 0.9},
    {epoch: 3, size: 128, macroF1: 0.91, weightedF1: 0.8}
  ];
  const history = {epochs, steps: {rates: new Array<number>(12).fill(0.1)}, selected: 3};
  const {reached, ...way} = wayOf(history as unknown as Parameters<typeof wayOf>[0]);
  assert.deepEqual(way, {
    validation: [0.52, 0.66, 0.91],
    batches: 4,
    kept: {epoch: 3, size: 128, weightedF1: 0.8},
    best: {epoch: 2, size: 64, weightedF1: 0.9}
  });
  assert.deepEqual(levels.length, reached.length);
  assert.deepEqual(reached[levels.indexOf(0.5)], {epochs: 1, reached: true});
  assert.deepEqual(reached[levels.indexOf(0.65)], {epochs: 2, reached: true});
  assert.deepEqual(reached[levels.indexOf(0.9)], {epochs: 3, reached: true});
});

test("twins that were trained by other procedures are told from those that were trained alike", () => {
  const {pretrained, scratch} = groupOf("ImageNet")[0];
  const difference = {value: 0, low: 0, high: 0, p: 1};
  const gain = {seeds: [{seed: 1, difference}], spread: {n: 1, mean: 0, min: 0, max: 0, interval: null}};
  const told = [scratch, {...scratch, procedure: pretrained.procedure}].map(
    (scratch) => seedTwins([{pretrained, scratch}], gain)[0].sameProcedure
  );
  assert.deepEqual(told, [false, true]);
});

test("a network within one budget is called by its title, however many budgets others have", () => {
  const runs = ["mobilenetv2-0.35-imagenet-1", "xception-imagenet-1", "xception-imagenet-original-1"].map(named);
  assert.equal(describer(runs)(runs[0]).network, titleOf(runs[0]).split(",")[0]);
});
