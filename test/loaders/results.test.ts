import assert from "node:assert/strict";
import {before, test} from "node:test";
import {holm} from "../../src/lib/evaluation/holm.js";
import {scoresOf} from "../../src/lib/evaluation/scores.js";
import {UserError} from "../../src/lib/support/errors.js";
import {bestRun, leadingRuns} from "../../src/report/results/best-run.js";
import loadClaims from "../../src/loaders/claims.js";
import loadCost from "../../src/loaders/cost.js";
import loadEnsembles from "../../src/loaders/ensembles.js";
import loadExternal from "../../src/loaders/external.js";
import loadLimits from "../../src/loaders/limits.js";
import loadNetwork, {rest} from "../../src/loaders/network.js";
import loadResults from "../../src/loaders/results.js";
import {suspicion} from "../../src/report/claims/same-source.js";
import {resolve} from "../../src/lib/pipeline/index.js";
import type {ResultsArtifact} from "../../src/report/results/artifact.js";
import {baseline, baselines} from "../../src/report/results/baselines.js";
import {inventory} from "../../src/report/data/dataset.js";
import {externalOverlap, externalPredictions} from "../../src/report/external/predictions.js";
import {inferenceTime} from "../../src/report/networks/inference-time.js";
import {profile} from "../../src/report/networks/profile.js";
import {probe} from "../../src/report/results/probe.js";
import {study} from "../../src/study.js";
import {
  classes,
  heldPredictions,
  images,
  mistakes,
  planned,
  predicted,
  publish,
  runs,
  testLabels,
  testPredictions,
  testRows
} from "./world.js";

/** By place, the test images that those get wrong that are no network of the study. */
const others = {
  "probe-xception": [0, 1, 2, 3, 4, 11],
  "probe-efficientnet_lite0": [0, 1, 2, 3, 4, 5, 6],
  "baseline-prior": testLabels.flatMap((label, i) => (label === 3 ? [] : i)),
  "baseline-thumbnail": [5, 6, 7, 8, 9, 10, 11, 12],
  "baseline-metadata": [0, 2, 4, 6, 8, 10, 12, 14, 16]
};
const other = (name: keyof typeof others) => ({...predicted(testLabels, testRows, others[name]), l2: 1, tried: []});
for (const name of baselines) publish(baseline({study, baseline: name}), other(`baseline-${name}`));
for (const model of ["xception", "efficientnet_lite0"] as const)
  publish(probe({study, model}), other(`probe-${model}`));

/**
 * Twelve healthy and twelve ill patients of another hospital, an image each; a run takes so many healthy ones for
 * COVID-19.
 */
const elsewhere = (collection: "nih" | "figure1", suspected: number) => {
  const labels = Array.from({length: 24}, (_, i) => i % 2);
  const chosen = labels.map((label, i) => (label === 0 ? (i / 2 < suspected ? 0 : 3) : i % 4 === 1 ? 0 : 1));
  return {
    rows: Int32Array.from(labels.keys()),
    labels: Int32Array.from(labels),
    groups: collection === "nih" ? ["No finding", "Pneumonia"] : ["No finding", "COVID-19"],
    patients: Int32Array.from(labels.keys()),
    classes,
    probabilities: Float32Array.from(chosen.flatMap((label) => classes.map((_, k) => (k === label ? 0.7 : 0.1))))
  };
};
for (const collection of ["nih", "figure1"] as const) {
  const {classes, ...value} = {...images, name: collection, classes: ["No finding", "x"]};
  publish(inventory({study: {dataset: {name: collection}}}), {...value, classes});
  publish(externalOverlap({study, collection}), [
    {among: "train", row: 1, other: 3, correlation: 0.99},
    {among: "test", row: 3, other: 4, correlation: 0.99},
    {among: "test", row: 5, other: 4, correlation: 0.99}
  ]);
  runs
    .slice(0, 7)
    .forEach((run, k) => publish(externalPredictions({study, collection, run}), elsewhere(collection, 12 - k)));
}
const counts = (parameters: number, statistics: number, macs: number) => ({parameters, statistics, macs});
const counted = {size: 224, classes: 4, stages: [], features: 8, body: counts(100, 10, 1000), head: counts(20, 2, 200)};
for (const model of ["efficientnet_lite0", "xception"]) publish(profile({model}), counted);
const time = {batch: 1, median: 12.34567, lower: 11, upper: 14};
publish(
  inferenceTime({model: "efficientnet_lite0", backend: "wasm"}),
  {size: 224, measured: [time]},
  {device: "a laptop"}
);

const [best, lite] = runs.map(({id}) => id);
let results: ResultsArtifact;
before(async () => void (results = await loadResults()));
const wrongOf = (id: string) => (id in others ? others[id as keyof typeof others] : mistakes(id));
const rowsAt = (places: number[]) => places.map((place) => testRows[place]);

test("every classifier's score is that of its own predictions", () => {
  const {runs: found, probe, baselines} = results;
  assert.deepEqual(
    found.map(({run}) => run),
    runs.map(({id}) => id)
  );
  assert.deepEqual(
    [...probe, ...baselines].map(({run}) => run),
    Object.keys(others).sort((a, b) => Number(a > b))
  );
  for (const {run, accuracy, images} of [...found, ...probe, ...baselines])
    assert.deepEqual([accuracy.k, accuracy.n, images], [24 - wrongOf(run).length, 24, 24], run);
  assert.match(probe[0].title, /^Xception, linear probe$|^EfficientNet-Lite0, linear probe$/);
});

test("who leads is decided on validation and not on test: of seeds, of a network, of all", async () => {
  const leads = results.runs.filter(({leads}) => leads).map(({run}) => run);
  assert.deepEqual(
    leads,
    runs.map(({id}) => id).filter((id) => !/^efficientnet-lite0-(imagenet|random)-2$/.test(id))
  );
  assert.deepEqual(
    results.runs.filter(({leadsNetwork}) => leadsNetwork).map(({run}) => run),
    [best, lite]
  );
  assert.equal(await bestRun(), best);
  assert.deepEqual(
    (await leadingRuns()).map(({id}) => id),
    leads.filter((id) => !id.includes("part"))
  );
});

test("a run without a result is planned, with what it needs and the command", () => {
  const [{run, title, needs, command}, ...more] = results.planned;
  assert.deepEqual([run, title, more], [planned.id, "Xception, random", []]);
  assert.equal(command, `npm run study -- --only evaluation/${planned.id}`);
  assert.match(needs, /^COVIDx is not here: COVIDX_DIR\/train_split\.txt does not exist/);
});

test("the run that is best on validation is compared with every leader, ensemble, probe and baseline", () => {
  const {comparisons} = results;
  assert.ok(comparisons.every(({a}) => a.run === best));
  assert.deepEqual(
    comparisons.map(({b}) => b.run),
    [
      ...results.runs.filter(({leads, run}) => leads && run !== best).map(({run}) => run),
      ...["ensemble-average", "ensemble-tuned", "ensemble-greedy"],
      ...[...results.probe, ...results.baselines].map(({run}) => run)
    ]
  );
});

test("images that only one of two gets right are told by row, the first's apart from the second's", () => {
  for (const {b, mcnemar, apart, accuracy} of results.comparisons.filter(({b}) => !b.run.startsWith("ensemble"))) {
    const [ours, theirs] = [mistakes(best), wrongOf(b.run)];
    const onlyA = theirs.filter((place) => !ours.includes(place));
    const onlyB = ours.filter((place) => !theirs.includes(place));
    assert.deepEqual(apart, {onlyA: rowsAt(onlyA), onlyB: rowsAt(onlyB)}, b.run);
    assert.deepEqual([mcnemar.onlyA, mcnemar.onlyB], [onlyA.length, onlyB.length], b.run);
    assert.ok(Math.abs(accuracy.value - (theirs.length - ours.length) / 24) < 1e-6, b.run);
  }
});

test("p-values are corrected for all comparisons of the table, each kind of test apart", () => {
  const {comparisons} = results;
  const [ofF1, ofMcNemar] = [comparisons.map(({macroF1}) => macroF1.p), comparisons.map(({mcnemar}) => mcnemar.p)].map(
    holm
  );
  comparisons.forEach(({holm}, i) => {
    assert.ok(Math.abs(holm.macroF1 - ofF1[i]) < 2e-3 && Math.abs(holm.mcnemar - ofMcNemar[i]) < 2e-3);
  });
  assert.ok(comparisons.some(({holm, macroF1}) => holm.macroF1 > macroF1.p + 0.01));
});

test("published figures follow from the published confusion matrices", () => {
  const [covidNet] = results.cited;
  assert.deepEqual([covidNet.id, covidNet.images, covidNet.accuracy], ["covid-net", 637, 0.835164]);
  assert.deepEqual([covidNet.macroF1.toFixed(3), covidNet.weightedF1.toFixed(3)], ["0.839", "0.837"], "as published");
});

test("an ensemble's members keep their order in probabilities, weights and scores, and the first of them leads", async () => {
  const {members, ways, labels, row, classes: names} = await loadEnsembles();
  assert.deepEqual([members.map(({run}) => run), names, labels, row], [[best, lite], classes, testLabels, testRows]);
  assert.deepEqual(
    members.map(({leads}) => leads),
    [true, false]
  );
  for (const {run, probabilities, result} of members) {
    const bytes = Uint8Array.from(Buffer.from(probabilities, "base64"));
    assert.deepEqual(new Float32Array(bytes.buffer), testPredictions.get(run)!.probabilities);
    assert.deepEqual([result.run, result.accuracy.k], [run, 24 - mistakes(run).length]);
  }
  assert.deepEqual(
    ways.map(({way, onTest}) => [way, onTest]),
    [
      ["average", false],
      ["tuned", false],
      ["greedy", false],
      ["on-test", true]
    ]
  );
  assert.deepEqual(ways[0].weights, [0.5, 0.5]);
  assert.deepEqual(
    ways.map(({result}) => result.run),
    ways.map(({way}) => `ensemble-${way}`)
  );
});

test("a network's page begins with its run that is best on validation, and the rest are all others and its probe", async () => {
  const {runs: listed, first, title} = await loadNetwork({network: "efficientnet-lite0"});
  const ids = [...runs.slice(1).map(({id}) => id), "probe-efficientnet_lite0"];
  assert.deepEqual([title, listed.map(({run}) => run), first!.run], ["EfficientNet-Lite0", ids, lite]);
  const {runs: others} = await rest({network: "efficientnet-lite0"});
  assert.deepEqual(
    others.map(({run}) => run),
    ids.filter((id) => id !== lite)
  );
  await assert.rejects(loadNetwork({network: "vgg16"}), UserError);
});

test("what a run says of every image is told by row, and a cell of its confusion matrix by the rows behind it", async () => {
  const {first} = await loadNetwork({network: "efficientnet-lite0"});
  const {confusion, predictions, reliability, curves} = first!;
  const cells = confusion.filter(({count, actual, predicted}) => count && actual !== predicted);
  // Of the images in places 0, 3, 5 and 20, which are of COVID-19, bacteria, bacteria and normal.
  assert.deepEqual(cells, [
    {actual: "COVID-19", predicted: "viral", count: 1, share: 0.333333, rows: [0]},
    {actual: "bacteria", predicted: "normal", count: 2, share: 0.285714, rows: [4, 6]},
    {actual: "normal", predicted: "COVID-19", count: 1, share: 0.125, rows: [21]}
  ]);
  assert.deepEqual(
    confusion.filter(({actual, predicted}) => actual === predicted).map(({count}) => count),
    [2, 6, 5, 7]
  );
  assert.deepEqual([predictions.row, predictions.actual], [testRows, testLabels]);
  assert.deepEqual(
    predictions.predicted,
    testLabels.map((label, i) => (mistakes(lite).includes(i) ? (label + 1) % 4 : label))
  );
  assert.deepEqual(predictions.probabilities[3], [0.2, 0.2, 0.2, 0.4]);
  assert.deepEqual(reliability.raw, [
    {count: 4, confidence: 0.4, accuracy: 0},
    {count: 20, confidence: 0.72, accuracy: 1}
  ]);
  assert.ok(reliability.calibrated);
  assert.deepEqual([curves.length, curves[1].truePositiveRate.at(-1), curves[1].falsePositiveRate[0]], [4, 1, 0]);
});

test("claims are judged over these results, and name where they come from, each once", async () => {
  const {claims, sources} = await loadClaims();
  const because = (id: string) => claims.find((claim) => claim.id === id)!.because;
  const weightedF1 = ({probabilities, labels}: typeof other extends (name: never) => infer P ? P : never) =>
    scoresOf(probabilities, labels, 4).weightedF1;
  const [validation, test] = [heldPredictions.get(best)!, testPredictions.get(best)!].map((of) =>
    weightedF1({...of, l2: 1, tried: []})
  );
  assert.ok(
    because("test-is-harder").includes(`a fall of ${(validation - test).toFixed(3).replace("-", "−")}, from`),
    because("test-is-harder")
  );
  const against = [...because("xception-best").matchAll(/EfficientNet-Lite0, (.*?) −?\d/g)].map(([, name]) => name);
  assert.deepEqual(against, ["ImageNet, seed", "random, seed", "ImageNet's mean and variance"]);
  assert.match(because("xception-best"), /^Xception, ImageNet: weighted F1/);
  assert.match(because("covid-net-from-scratch"), /pretrains it on ImageNet/);
  const ids = sources.map(({id}) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.includes(`evaluation/${best}`) && ids.includes("external-evaluation/nih/ensemble"));
});

test("images without COVID-19 are counted by the source that they are from, and those that a run takes for it", async () => {
  const [first, random] = await Promise.all(
    [runs[0], runs[3]].map(async (run) => (await resolve(suspicion({study, run}))).value)
  );
  assert.equal(first.adults.n! + first.children.n!, 21);
  // Of the three normal images among the run's mistakes, in places 1, 4 and 8; the one adult is of place 2.
  assert.deepEqual(
    [random.adults, random.children].map(({k, n, patients}) => ({k, n, patients})),
    [
      {k: 0, n: 1, patients: 1},
      {k: 3, n: 20, patients: 20}
    ]
  );
});

test("costs are those of body and head together, and a training's those of all its epochs and steps", async () => {
  const {networks, runs: found} = await loadCost();
  assert.deepEqual(
    networks.map(({model, cost, bytes}) => [model, cost, bytes]),
    ["xception", "efficientnet_lite0"].map((model) => [model, {parameters: 120, macs: 1200}, 4 * 132])
  );
  const [{backend, device, size, measured}] = networks[1].times;
  assert.deepEqual([backend, device, size], ["wasm", "a laptop", 224]);
  assert.deepEqual(measured, [{batch: 1, median: 12.3456, lower: 11, upper: 14}]);
  assert.deepEqual(
    found.map(({run}) => run),
    runs.map(({id}) => id)
  );
  const {epochs, seconds, imagePasses, macroF1, fraction, source} = found[6];
  assert.deepEqual([epochs, seconds, imagePasses, fraction], [4, 46, 8 * 3, 0.5]);
  assert.deepEqual([macroF1, source.id], [results.runs[6].macroF1, `history/${runs[6].id}`]);
});

test("limits are those of the run that is best on validation: its recall there and on test, and what no run finds", async () => {
  const {epochs, best: shown, missed} = await loadLimits();
  assert.deepEqual([epochs, shown!.run], [4 * runs.length, best]);
  // Its three mistakes on test are of bacteria, COVID-19 and bacteria.
  assert.deepEqual(
    shown!.byClass.map(({class: name, test}) => [name, test!.k, test!.n]),
    [
      ["COVID-19", 2, 3],
      ["viral", 6, 6],
      ["bacteria", 5, 7],
      ["normal", 8, 8]
    ]
  );
  assert.equal(
    shown!.byClass.reduce((sum, {validation}) => sum + validation!.k!, 0),
    7
  );
  assert.deepEqual([missed!.runs, missed!.sources.length], [6, 6], "those on all training images");
  assert.deepEqual(missed!.rows, []);
});

test("what runs make of images from elsewhere is told of each collection, without what the lists hold too", async () => {
  const {collections, runs: found, pairs, missing} = await loadExternal();
  assert.deepEqual(
    collections.map(({collection, images, patients, left}) => [collection, images, patients, left]),
    [
      ["nih", 24, 23, {train: 1, test: 2, own: 0}],
      ["figure1", 24, 23, {train: 1, test: 2, own: 0}]
    ]
  );
  assert.deepEqual(
    found.map(({run}) => run),
    [...runs.slice(0, 7).map(({id}) => id), "ensemble"]
  );
  assert.deepEqual(
    found.filter(({leads}) => leads).map(({run}) => run),
    [best]
  );
  assert.deepEqual(
    missing.map(({title}) => title),
    ["EfficientNet-Lite0, random, 50% of the images, seed 1", "Xception, random"]
  );
  const {groups, areas} = found[2];
  const of = (collection: string, label: string) =>
    groups.find((one) => one.collection === collection && one.label === label)!;
  // The run gets the second normal image wrong and takes it for COVID-19, and ten of twelve of the healthy elsewhere.
  assert.deepEqual([of("home", "normal").takenFor[0].k, of("home", "normal").images], [1, 8]);
  assert.deepEqual([of("nih", "No finding").takenFor[0].k, of("nih", "No finding").images], [10, 12]);
  assert.deepEqual([of("figure1", "COVID-19").images, areas.length], [9, 3]);
  const [pair] = pairs;
  assert.deepEqual([pairs.length, pair.title, pair.start], [6, "EfficientNet-Lite0, ImageNet, seed 1", "ImageNet"]);
  assert.deepEqual(
    pair.groups.map(({label, difference}) => [label, difference.value]),
    [["No finding", 0.166666]]
  );
});
