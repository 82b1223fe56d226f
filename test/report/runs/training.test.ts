import assert from "node:assert/strict";
import {mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {before, test} from "node:test";
import type {Progress} from "../../../src/lib/support/progress.js";
import {toPositions} from "../../../src/lib/dataset/rows.js";
import {history, partParams, training} from "../../../src/report/runs/training.js";
import {trainingPositions} from "../../../src/report/runs/train-network.js";
import {context, plain, toyStudy} from "../toy.js";

const size = 32;

/**
 * The training list. In those that train, bright images are of the second class; in those that validate, dark ones are.
 * A network that has learned the first gets all of the second wrong.
 */
const levels = [220, 30, 40, 230, 210, 20, 35, 240, 225, 25, 215, 45];
const held = [1, 4, 6, 10];
const labels = levels.map((level, i) => Number(level > 128 !== held.includes(i)));
const images = plain(levels, {labels, size});
const split = {
  train: Int32Array.from(levels.keys()).filter((i) => !held.includes(i)),
  validation: Int32Array.from(held)
};
const inputs = {"images-32": images, split, inventory: {classes: ["a", "b"], splits: {train: {labels: images.labels}}}};

// A batch of two: a quarter of the eight images that train.
const [phase] = toyStudy().procedures.toy.phases;
const study = toyStudy({size, phases: [{...phase, epochs: 8}]}, [{}, {fraction: 0.5}]);
const [whole, half] = study.runs;
const train = async (run = whole, given: object = inputs, changes = {}) =>
  training({study, run}).run(given as Record<string, unknown>, context({workspace: workspace(), ...changes}));
const workspace = () => mkdtempSync(join(tmpdir(), "training-"));

type Trained = Awaited<ReturnType<typeof train>>;
let trained: Trained;
const progress: Progress[] = [];
before(async () => void (trained = await train(whole, inputs, {progress: (done: Progress) => progress.push(done)})));

const withoutTimes = ({epochs, ...rest}: Trained) => ({
  ...rest,
  epochs: epochs.map((epoch) => ({...epoch, seconds: 0, waiting: 0, imagesPerSecond: 0, peakMemory: 0}))
});

test("epochs are scored on the validation images and not on those that train", () => {
  const last = trained.epochs.at(-1)!;
  assert.ok(last.trainLoss < 0.4, `it has learned the training images: loss ${last.trainLoss}`);
  assert.equal(last.accuracy, 0, "and the opposite of what the validation images say");
  assert.ok(last.validationLoss > 1, `${last.validationLoss}`);
});

test("what validates does not train", async () => {
  const other = {...images, data: images.data.slice()};
  for (const at of held) other.data.fill(128, at * size * size, (at + 1) * size * size);
  const {steps, epochs} = await train(whole, {...inputs, "images-32": other});
  assert.deepEqual(steps, trained.steps, "with other validation images the steps are the same");
  assert.notEqual(epochs.at(-1)!.validationLoss, trained.epochs.at(-1)!.validationLoss);
});

test("a run on a part of the images takes fewer steps, and validates on all that are held out", async () => {
  assert.equal(trained.steps.losses.length, (8 * 8) / 2);
  const {steps, epochs} = await train(half);
  assert.equal(steps.losses.length, (8 * 4) / 2);
  assert.equal((4 * epochs[0].accuracy) % 1, 0);
});

test("a part holds as much of each class, told by positions in the list and not in the part", () => {
  const listed = Int32Array.of(0, 1, 1, 0, 1, 1, 0, 0, 1, 1, 0, 0);
  const train = toPositions([1, 2, 4, 5, 7, 10, 11, 3]);
  const part = trainingPositions({train}, listed, {fraction: 0.5, seed: 3});
  assert.ok(
    part.every((position) => train.includes(position)),
    `${part}`
  );
  assert.deepEqual(Array.from(part, (position) => listed[position]).sort(), [0, 0, 1, 1]);
  assert.deepEqual(trainingPositions({train}, listed), train);
  assert.deepEqual(partParams({study, run: whole}), {});
  assert.deepEqual(partParams({study, run: half}), {part: {fraction: 0.5, seed: 1}});
});

test(
  "what is kept is the selected epoch's weights, in trainable values, with what every step did " +
    "in single precision",
  () => {
    const {weights, selected, epochs, parameters, steps, finders} = trained;
    assert.equal(parameters, 3 + 2 + 2);
    assert.deepEqual(Object.keys(weights), ["conv/kernel", "logits/kernel", "logits/bias"]);
    const best = Math.max(...epochs.map(({weightedF1}) => weightedF1));
    assert.equal(epochs.find(({epoch}) => epoch === selected)!.weightedF1, best);
    assert.ok(Object.values(steps).every((values) => values instanceof Float32Array));
    assert.deepEqual(finders, []);
  }
);

test("a training that was stopped goes on from its checkpoint and ends the same", async () => {
  const folder = workspace();
  const [controller, told] = [new AbortController(), [] as string[]];
  const stopping = (done: Progress) => done.done === 20 && controller.abort(new Error("stop"));
  const changes = {workspace: folder, log: (line: string) => void told.push(line)};
  await assert.rejects(train(whole, inputs, {...changes, signal: controller.signal, progress: stopping}), /stop/);
  const continued = await train(whole, inputs, changes);
  assert.deepEqual(withoutTimes(continued), withoutTimes(trained));
  assert.deepEqual(
    told.filter((line) => line.startsWith("continues")),
    ["continues after epoch 2, step 2"]
  );
});

test("progress counts the images of all epochs, and names the epoch", () => {
  assert.deepEqual(
    progress.map(({done}) => done),
    progress.map((_, i) => 2 * (i + 1))
  );
  assert.deepEqual([progress.length, progress[0].total, progress[0].unit], [32, 64, "images"]);
  assert.match(progress[2].note!, /^epoch 1\/8 \(all\), loss \d\.\d{3}$/);
});

test("a history is the training without its weights", () => {
  const {weights, ...rest} = trained;
  assert.ok(weights);
  assert.deepEqual(history({study, run: whole}).run({training: trained}, context()), rest);
});

test("a training takes images of all sizes of its procedure, and its name changes nothing", () => {
  const sizes = toyStudy({size: 64, phases: [{...phase, size: 32}, phase]});
  const node = training({study: sizes, run: sizes.runs[0]});
  const images = Object.entries(node.inputs).filter(([name]) => name.startsWith("images-"));
  assert.deepEqual(
    images.map(([name, {id}]) => [name, id]),
    [
      ["images-64", "pixels/covidx-train-64"],
      ["images-32", "pixels/covidx-train-32"]
    ]
  );
  assert.deepEqual(node.params, training({study: sizes, run: {...sizes.runs[0], id: "renamed"}}).params);
});

test("only a run that needs a file or a GPU asks for anything outside", (t) => {
  const external = (settings: object, run: object) => {
    const study = toyStudy({size, ...settings}, [run]);
    return training({study, run: study.runs[0]}).external;
  };
  const {TFJS_BACKEND, WEIGHTS_DIR} = process.env;
  t.after(() => void Object.assign(process.env, {TFJS_BACKEND, WEIGHTS_DIR: WEIGHTS_DIR ?? ""}));
  assert.equal(external({}, {}), undefined);
  process.env.TFJS_BACKEND = "cpu";
  assert.equal(external({needsGpu: true}, {})!(), "", "whoever names a backend has decided");
  process.env.WEIGHTS_DIR = workspace();
  assert.throws(() => external({}, {model: "xception", initialisation: "imagenet"})!(), /xception.* are not in/);
});
