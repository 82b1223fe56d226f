import assert from "node:assert/strict";
import {test} from "node:test";
import {compareClasses} from "../../src/lib/evaluation/compare-classes.js";
import {compare} from "../../src/lib/evaluation/compare.js";
import loadFeatureChange from "../../src/loaders/feature-change.js";
import loadFilters from "../../src/loaders/first-filters.js";
import loadHistory, {rest} from "../../src/loaders/history.js";
import loadInventory from "../../src/loaders/inventory.js";
import loadPretraining from "../../src/loaders/pretraining.js";
import loadProvenance from "../../src/loaders/provenance.js";
import loadPublished from "../../src/loaders/published-networks.js";
import loadStudy from "../../src/loaders/study.js";
import {featureAgreement, featureChange, featurePairs} from "../../src/report/pretraining/feature-change.js";
import {filters} from "../../src/report/networks/profile.js";
import {outlierDetector} from "../../src/report/predict/outlier-detector.js";
import {weightRounding} from "../../src/report/runs/weight-rounding.js";
import {weightParts} from "../../src/report/runs/weights.js";
import {study} from "../../src/study.js";
import {classes, images, planned, publish, runs, testPredictions} from "./world.js";

const ids = runs.map(({id}) => id);
const [best, lite] = ids;

/** At three layers, by depth; the deepest is unlike by the number of the run. */
const layers = (k: number) =>
  [0.25, 0.5, 1].map((depth, i) => ({layer: `l${i}`, depth, channels: 4, cka: 1 - (i * (k + 1)) / 32}));
runs.forEach((run, k) => {
  publish(featureChange({study, run}), layers(k));
  const [before, after] = [Float32Array.of(1, 0, 0), Float32Array.of(1, k, 0)];
  publish(filters({study, run}), {layer: "stem", shape: [1, 1, 3, 1], before, after});
});
const pairs = featurePairs(study).filter((pair) => pair.every((run) => run !== planned));
pairs.forEach((pair, k) => publish(featureAgreement({study, pair}), layers(k + 10)));
/** What a detector that was fitted to so many images consists of. */
const detectorOf = (images: number) => {
  const none = new Float32Array(1);
  const altered = {kinds: ["negated"], kernel: none, bias: none};
  const detector = {mean: none, deviation: none, normals: {means: none, columns: 1}, altered};
  return {images, layers: ["l0"], detector, validation: {distance: none, odds: none, picture: {}}, colour: 0};
};

/** The second run's network is published whole, the third's but for a part. */
for (const [at, last] of [
  [1, 8],
  [2, 7]
]) {
  const args = {study, run: runs[at]};
  weightParts(args)
    .slice(0, last)
    .forEach((part) => publish(part, {tensors: [], bytes: new Uint8Array()}));
  const logLoss = {exact: 0.123456, rounded: 0.654321};
  publish(weightRounding(args), {images: 8, bytes: 1234, largestChange: 0.0123456, changedClass: 2, logLoss});
  publish(outlierDetector(args), detectorOf(24));
}

test("the history that is shown first is that of the run that is best on validation, and the rest are the others", async () => {
  const {runs: listed, first} = await loadHistory();
  assert.deepEqual([listed.map(({run}) => run), first!.run], [ids, best]);
  assert.deepEqual(
    (await rest()).runs.map(({run, parameters}) => [run, parameters]),
    ids.slice(1).map((id, k) => [id, 1001 + k])
  );
});

test("an epoch's numbers keep their names and units, and the kept one is marked", async () => {
  const {epochs, steps, finders, procedure, title} = (await loadHistory()).first!;
  assert.deepEqual([title, procedure], ["Xception, ImageNet", "two-core-large-fine-tune"]);
  assert.deepEqual(
    epochs.map(({selected}) => selected),
    [false, false, true, false]
  );
  assert.deepEqual(epochs[2], {
    ...{epoch: 3, phase: "all", size: 128, trainLoss: 0.8, validationLoss: 1.8, validationAccuracy: 0.7},
    ...{validationMacroF1: 0.7, validationWeightedF1: 0.75, imagesPerSecond: 102, waiting: 0.125, seconds: 12},
    perClass: classes.map((_, c) => ({precision: 0.25 + c / 8, recall: 0.5 + c / 8, f1: 0.125 + c / 8})),
    // Of mebibytes, the first six digits.
    peakMemory: 1000 * Math.floor((102 * 2 ** 20) / 1000),
    selected: true
  });
  assert.deepEqual(steps.step, [0, 1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual([steps.rate, steps.momentum![0]], [[0.25, 0.5, 0.125, 0.0625, 1, 2, 0.5, 0.25], 0.9]);
  assert.deepEqual([steps.loss![0], steps.gradientNorm![7]], [8, 7]);
  assert.deepEqual(finders, [
    {phase: "all", rates: [0.1, 0.2], losses: [3, 4], smoothed: [3.5, 3.75], suggestion: 0.15}
  ]);
});

test("a phase has the epochs and steps that are its own", async () => {
  const [head, all] = (await loadHistory()).first!.phases;
  assert.deepEqual(
    [head.phase, head.firstEpoch, head.lastEpoch, head.bestEpoch, head.firstStep, head.steps, head.peakRate],
    ["head", 1, 2, 2, 0, 4, 0.5]
  );
  assert.deepEqual(
    [all.phase, all.firstEpoch, all.lastEpoch, all.bestEpoch, all.firstStep, all.steps, all.peakRate],
    ["all", 3, 4, 3, 4, 4, 2]
  );
  assert.deepEqual([all.seconds, all.weightedF1, all.validationLoss], [25, 0.75, 1.8]);
});

test("what a start gains is the pretrained run less its twin of the same seed and share of the images", async () => {
  const {pairs, scale, runs: ways, levels} = await loadPretraining();
  const told = pairs.map(({network, start, less, fraction, seeds}) => [
    network,
    start,
    less,
    fraction,
    ...seeds.map(({seed, pretrained, scratch}) => `${seed} ${pretrained} ${scratch}`)
  ]);
  const name = "EfficientNet-Lite0";
  const id = (rest: string) => `efficientnet-lite0-${rest}`;
  assert.deepEqual(told, [
    [
      name,
      "ImageNet",
      "random",
      1,
      `1 ${id("imagenet-1")} ${id("random-1")}`,
      `2 ${id("imagenet-2")} ${id("random-2")}`
    ],
    [name, "ImageNet's mean and variance", "random", 1, `1 ${id("mean-var-1")} ${id("random-1")}`],
    [name, "ImageNet", "random", 0.5, `1 ${id("imagenet-part-1")} ${id("random-part-1")}`]
  ]);
  assert.deepEqual(
    scale.map(({start, less, seeds}) => [start, less, seeds[0].scratch]),
    [["ImageNet", "ImageNet's mean and variance", id("mean-var-1")]]
  );
  const difference = compare(testPredictions.get(id("imagenet-1"))!, testPredictions.get(id("random-1"))!, {
    resamples: 200,
    seed: 1
  }).macroF1;
  const {value, low, high} = pairs[0].seeds[0].difference;
  [value, low, high].forEach((end, i) =>
    assert.ok(Math.abs(end - [difference.value, difference.low, difference.high][i]) < 1e-3)
  );
  assert.ok(value > 0 && pairs[0].spread.n === 2);
  assert.deepEqual(
    ways.map(({run}) => run),
    ids
  );
  const {validation, batches, kept, best: highest, reached, macroF1} = ways[0];
  assert.deepEqual([validation, batches], [[0.5, 0.6, 0.7, 0.8], 2]);
  assert.deepEqual(
    [kept, highest],
    [
      {epoch: 3, size: 128, weightedF1: 0.75},
      {epoch: 3, size: 128, weightedF1: 0.75}
    ]
  );
  assert.deepEqual(reached[levels.indexOf(0.65)], {epochs: 3, reached: true});
  assert.ok(macroF1.low <= macroF1.value && macroF1.value <= macroF1.high);
});

test("gains by class are of twins from ImageNet on all images, seed by seed", async () => {
  const {byClass} = await loadPretraining();
  assert.deepEqual(
    byClass.map(({network, less, rarest, fraction}) => [network, less, rarest, fraction]),
    [["EfficientNet-Lite0", "random", "COVID-19", 1]]
  );
  const of = (id: string) => testPredictions.get(`efficientnet-lite0-${id}`)!;
  const expected = compareClasses(of("imagenet-2"), of("random-2"), {resamples: 200, seed: 1});
  byClass[0].classes.forEach(({class: name, images, recall, f1}, k) => {
    assert.deepEqual([name, images], [classes[k], expected.classes[k].images]);
    assert.deepEqual(
      recall.seeds.map(({seed}) => seed),
      [1, 2]
    );
    assert.ok(Math.abs(recall.seeds[1].difference.value - expected.classes[k].recall.value) < 1e-4);
    assert.ok(Math.abs(f1.seeds[1].difference.value - expected.classes[k].f1.value) < 1e-4);
  });
  assert.ok(Math.abs(byClass[0].others.seeds[1].difference.value - expected.others.value) < 1e-4);
});

test("a study lists its runs in their order, says which have a result, and what the others need", async () => {
  const {runs: listed, bestRun, classes: names, imagesPresent, dataset, procedures, version} = await loadStudy();
  assert.deepEqual(
    listed.map(({id, available}) => [id, available]),
    [...ids.map((id) => [id, true]), [planned.id, false]]
  );
  assert.match(listed.at(-1)!.missing!, /COVIDx is not here/);
  assert.deepEqual(
    [bestRun, names, imagesPresent, dataset],
    [best, classes, false, {name: "covidx", title: images.title}]
  );
  const {network, start, title, initialisation} = listed[6];
  assert.deepEqual([network, start, initialisation], ["EfficientNet-Lite0", "ImageNet", "imagenet"]);
  assert.equal(title, "EfficientNet-Lite0, ImageNet, 50% of the images, seed 1");
  const {phases} = procedures.find(({id}) => id === "two-core-fine-tune")!;
  assert.deepEqual(
    phases.map(({size, mixup}) => [size, mixup]),
    [
      [64, 0.4],
      [128, 0.4],
      [224, 0.4]
    ],
    "filled in"
  );
  assert.match(version, /^\d+\.\d+\.\d+/);
});

test("features and filters are told of each run by itself, and of pairs by both of their starts and seeds", async () => {
  const {runs: changed, pairs: compared} = await loadFeatureChange();
  assert.deepEqual(
    changed.map(({run, highest, lowest}) => [run, highest, lowest]),
    ids.map((id, k) => [id, Number((1 - (2 * (k + 1)) / 32).toPrecision(4)), 1])
  );
  assert.deepEqual(
    [changed[1].network, changed[1].start, changed[1].seed, changed[6].fraction],
    ["EfficientNet-Lite0", "ImageNet", 1, 0.5]
  );
  assert.deepEqual(
    compared.map(({a, b}) => [a, b]),
    pairs.map((pair) => pair.map(({id}) => id))
  );
  const {starts, seeds, layers: found} = compared.find(({b}) => b === "efficientnet-lite0-random-2")!;
  assert.deepEqual(
    [starts, seeds],
    [
      ["ImageNet", "random"],
      [2, 2]
    ]
  );
  assert.deepEqual(found[0], {layer: "l0", depth: 0.25, cka: 1});
  const shown = await loadFilters();
  assert.deepEqual(
    shown.map(({run, layer, change}) => [run, layer, change]),
    [0, 1, 3, 5].map((k) => [ids[k], "stem", k])
  );
});

test("a network is published where all of its parts are, with what rounding did and the images that it knows", async () => {
  const {networks, classes: names} = await loadPublished();
  assert.deepEqual(names, classes);
  const [{run, bytes, rounding, trainingImages, source}, ...others] = networks;
  assert.deepEqual([run, bytes, trainingImages, others], [lite, 1234, 24, []]);
  assert.deepEqual(rounding, {
    images: 8,
    largestChange: 0.0123456,
    changedClass: 2,
    logLoss: {exact: 0.123456, rounded: 0.654321}
  });
  assert.deepEqual(
    source.map(({id}) => id),
    [`weight-rounding/${lite}`, `outlier-detector/${lite}`]
  );
});

test(
  "the provenance names each result once, with its inputs, whether its code has changed since, " +
    "and what is missing with the reason",
  async () => {
    const {stages, missing, version} = await loadProvenance();
    const found = stages.find(({id}) => id === `validation-predictions/${lite}`)!;
    assert.deepEqual(
      [found.source, found.seconds, found.backend, found.device, found.drifted],
      ["published", 12.3456, "cpu", "a processor", true]
    );
    assert.deepEqual(
      [found.inputs, found.date, found.code],
      [{training: `training of ${lite}`}, "2026-01-02T03:04:05.000Z", "c0de"]
    );
    const evaluation = stages.find(({id}) => id === `evaluation/${lite}`)!;
    assert.deepEqual([evaluation.source, evaluation.drifted], ["computed", false]);
    assert.deepEqual(Object.keys(evaluation.inputs), ["predictions", "validation"]);
    const all = [...stages, ...missing].map(({id}) => id);
    assert.equal(new Set(all).size, all.length);
    assert.ok(!all.some((id) => /^(pixels|training|masks)(\/|$)/.test(id)), "steps on the way are left out");
    assert.match(missing.find(({id}) => id === `evaluation/${planned.id}`)!.reason, /COVIDx is not here/);
    assert.match(version, /^\d/);
  }
);

test("the inventory counts images, sizes and patients of each class and list, and how validation was told apart", async () => {
  const {splits, problems, patients, validation, digest} = await loadInventory();
  const [train, test] = splits;
  assert.deepEqual([train.split, test.split, digest], ["train", "test", images.digest]);
  assert.deepEqual(
    test.byClass.map(({class: name, count, share}) => [name, count, share]),
    classes.map((name, k) => [name, [3, 6, 7, 8][k], [3, 6, 7, 8][k] / 24])
  );
  assert.deepEqual(
    test.unnumbered.map(({count}) => count),
    [3, 1, 0, 0]
  );
  // The rows of COVID-19 are 0, 8 and 16: their images are 100, 180 and 260 pixels wide, and 200, 192 and 184 high.
  assert.deepEqual(test.sizes[0], {
    class: "COVID-19",
    medianWidth: 180,
    medianHeight: 192,
    minWidth: 100,
    maxWidth: 260
  });
  assert.deepEqual([test.numbered.images, test.numbered.alike], [20, 1]);
  assert.deepEqual(problems, [{split: "test", row: 2, file: "lost.png", class: "viral", reason: "it is missing"}]);
  const {byClass, bySeries, numbers, testImages} = patients;
  assert.deepEqual(
    byClass.map(({class: name, test: count}) => [name, count]),
    classes.map((name, k) => [name, [3, 6, 7, 8][k]])
  );
  // The numbers 20, 21 and 23 to 31 are in both lists, 21 twice in the test list.
  assert.deepEqual([numbers, testImages], [11, 12]);
  assert.deepEqual(
    bySeries.map(({series, shared}) => [series, shared]),
    [
      [null, 1],
      ["IM", 2],
      ["NORMAL2-IM", 0],
      ["person", 3]
    ]
  );
  assert.deepEqual(validation, {...study.validation, train: 24, validation: 8});
});
