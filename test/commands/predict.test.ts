import assert from "node:assert/strict";
import {cpSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import sharp from "sharp";
import {predictCommand} from "../../src/commands/predict.js";
import {decodeGrey} from "../../src/lib/dataset/decode.js";
import {openDataset} from "../../src/lib/dataset/open.js";
import {atTemperature} from "../../src/lib/measures/temperature.js";
import {createPipeline} from "../../src/lib/pipeline/index.js";
import {openPublished} from "../../src/lib/pipeline/published.js";
import {runStudy} from "../../src/lib/pipeline/run-study.js";
import {defineStudy} from "../../src/lib/study/schema.js";
import {evaluation} from "../../src/report/results/evaluate.js";
import {outlierDetector} from "../../src/report/predict/outlier-detector.js";
import {publishedNetwork} from "../../src/report/runs/publish-weights.js";
import {predictions, validationPredictions} from "../../src/report/runs/run.js";
import {weightRounding} from "../../src/report/runs/weight-rounding.js";
import {trainedWeights, weightParts} from "../../src/report/runs/weights.js";
import {study as real} from "../../src/study.js";
import {dicomFile, type Element, pixels, secrets} from "../dataset/dicom/build.js";
import {temporaryFolder, write} from "../dataset/fixtures.js";

const folder = (name: string) => mkdtempSync(join(tmpdir(), `${name}-`));

const study = defineStudy({
  ...real,
  dataset: {name: "phantom", train: 10, test: 2, seed: 3},
  validation: {fraction: 0.2, seed: 42, groupByPatient: false},
  procedures: {
    short: {
      ...real.procedures["two-core-from-scratch"],
      size: 32,
      testCopies: 1,
      batchSize: 8,
      phases: [{train: "all", epochs: 1, maxRate: 1e-3}]
    }
  },
  runs: [
    {id: "tiny", model: "mobilenetv2_0.35", initialisation: "random", procedure: "short", seed: 1},
    {id: "untrained", model: "mobilenetv2_0.35", initialisation: "random", procedure: "short", seed: 2}
  ],
  analyses: {...real.analyses, ensemble: {members: []}, bootstrap: {resamples: 200, seed: 1}}
});
const args = {study, run: study.runs[0]};
const [cacheDir, publishedDir, elsewhere] = ["cache", "published", "elsewhere"].map(folder);
const classes = ["COVID-19", "viral", "bacteria", "normal"];
/** The phantoms' test images as files, in folders of classes. */
const images = temporaryFolder();

// What a fresh clone has, and quicker for so small a network than to compile its steps.
process.env.TFJS_BACKEND ??= "wasm";
const environment = {CACHE_DIR: process.env.CACHE_DIR, PUBLISHED_DIR: process.env.PUBLISHED_DIR};
after(() => {
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

before(async () => {
  const pipeline = createPipeline({cacheDir, publishedDir, policy: "computed"});
  const nodes = [...publishedNetwork(study, args.run), evaluation(args)];
  const {exitCode, text} = await runStudy(nodes, {pipeline, publish: true});
  assert.equal(exitCode, 0, text);
  for (const example of (await openDataset(study.dataset)).test) {
    const {pixels} = await decodeGrey(example, 224);
    const png = sharp(pixels, {raw: {width: 224, height: 224, channels: 1}}).png();
    const name = `${String(example.row).padStart(3, "0")}.png`;
    write(join(images, classes[example.label], name), await png.toBuffer());
  }
});

/** Runs the command on a machine that has what a fresh clone has, and gives its exit code and what it printed. */
async function predict(
  paths: string[],
  options: Record<string, string | boolean>,
  {cache = elsewhere, published = publishedDir} = {}
) {
  Object.assign(process.env, {CACHE_DIR: cache, PUBLISHED_DIR: published});
  const [out, err]: string[][] = [[], []];
  const lines = {print: (line: string) => void out.push(line), tell: (line: string) => void err.push(line)};
  const code = await predictCommand(study, paths, {...options, json: true}, lines);
  return {code, results: out.map((line) => JSON.parse(line) as Line), told: err.join("\n")};
}

interface Line {
  file: string;
  class?: string;
  predicted: string;
  probabilities: Record<string, number>;
  distance: number;
  share: number;
  flagged: boolean;
  reason?: string;
  far: boolean;
  error?: string;
  metrics?: {overall: {accuracy: {k: number; n: number}}};
}

type Predicted = ReturnType<typeof predict>;
let onClone: Predicted | undefined;
/** All images, by the published weights. */
const onFreshClone = () => (onClone ??= predict([images], {run: "tiny"}));

const largestDifference = (a: Line, b: Line) =>
  Math.max(...classes.map((name) => Math.abs(a.probabilities[name] - b.probabilities[name])));

test(
  "a fresh clone predicts by the published weights, at the evaluation's temperature, with " +
    "metrics where classes are known",
  async () => {
    const {code, results, told} = await onFreshClone();
    assert.equal(code, 0);
    assert.match(told, /^Research only\. Not for clinical use\.\n.*published weights/);
    const {calibrated} = (await createPipeline({cacheDir, publishedDir}).resolve(evaluation(args))).value;
    assert.ok(told.includes(`temperature ${calibrated!.temperature.toFixed(3)}`), told);
    const lines = results.slice(0, -1);
    assert.equal(lines.length, 8);
    for (const {file, class: actual, probabilities, share} of lines) {
      const sum = Object.values(probabilities).reduce((a, b) => a + b);
      assert.ok(Math.abs(sum - 1) < 1e-3, `${file}: ${sum}`);
      assert.ok(file.includes(`/${actual}/`) && share >= 0 && share <= 1, file);
    }
    const {k, n} = results.at(-1)!.metrics!.overall.accuracy;
    assert.deepEqual([k, n], [lines.filter((line) => line.predicted === line.class).length, 8]);
  }
);

test(
  "an image's numbers are the same alone and by the exact weights nearly so; what is no " +
    "radiograph is flagged with the reason, what cannot be read is counted",
  async () => {
    const together = await onFreshClone();
    const exact = await predict([images], {run: "tiny"}, {cache: cacheDir});
    const mixed = temporaryFolder();
    const stripes = Uint8Array.from({length: 64 * 64}, (_, i) => (i % 2 ? 255 : 0));
    const png = await sharp(stripes, {raw: {width: 64, height: 64, channels: 1}})
      .png()
      .toBuffer();
    write(join(mixed, "a.png"), "no image");
    write(join(mixed, "stripes.png"), png);
    const last = together.results[7];
    const {code, results, told} = await predict([mixed, last.file], {run: "tiny"});
    assert.equal(code, 1);
    assert.match(told, /Flagged: \d of 3\.[^]*Could not be read: 1 of 3\./);
    const [broken, odd, alone] = results;
    assert.deepEqual([broken.error, odd.flagged, odd.far], ["not an image but text", true, true]);
    assert.match(
      odd.reason!,
      /^it has hardly any contrast/,
      "the stripes are grey at the network's size; pixels come first"
    );
    assert.equal(Object.values(odd.probabilities).length, 4, "it gets its numbers all the same");
    assert.ok(largestDifference(alone, last) < 1e-3, `${largestDifference(alone, last)}`);
    // Sums are in another order.
    assert.ok(Math.abs(alone.distance / last.distance - 1) < 1e-3, `${alone.distance} is ${last.distance}`);
    assert.match(exact.told, /weights of this machine's store/);
    const moved = largestDifference(exact.results[7], last);
    assert.ok(moved < 0.01, `float16 moves the probabilities by ${moved}`);

    const {value} = await createPipeline({cacheDir, publishedDir, policy: "computed"}).resolve(predictions(args));
    const first = exact.results.find(({file}) => file.endsWith("/000.png"))!;
    const {temperature} = (await createPipeline({cacheDir, publishedDir}).resolve(evaluation(args))).value.calibrated!;
    const expected = atTemperature(value.probabilities.subarray(0, 4), 4, temperature);
    classes.forEach((name, k) => assert.ok(Math.abs(first.probabilities[name] - expected[k]) < 1e-3, name));
  }
);

test(
  "DICOM is predicted as the same picture in PNG, its remarks beside the result; what is not " +
    "taken and not fit is told",
  async () => {
    const folder = temporaryFolder();
    const [example] = (await openDataset(study.dataset)).test;
    const {pixels: scene} = await decodeGrey(example, 224);
    const raw = {raw: {width: 224, height: 224, channels: 1 as const}};
    write(join(folder, "1.png"), await sharp(scene, raw).png().toBuffer());
    const window: Element[] = [
      [0x00281050, "DS", "127.5"],
      [0x00281051, "DS", "256"],
      [0x00280008, "IS", "2"]
    ];
    const twice = Uint8Array.from([...scene, ...scene]);
    write(join(folder, "2"), dicomFile([...pixels({width: 224, height: 224, values: twice}), ...window]));
    write(join(folder, "3.png"), await sharp(scene, raw).resize(16, 16).png().toBuffer());
    write(join(folder, "4.bmp"), "BM");
    const {code, results, told} = await predict([folder], {run: "tiny"});
    assert.equal(code, 1);
    const [png, dicom, small] = results as (Line & {notes?: string[]})[];
    assert.ok(largestDifference(png, dicom) < 1e-3);
    assert.deepEqual([png.notes, dicom.notes], [undefined, ["the first of 2 frames is taken"]]);
    assert.equal(small.error, "16 x 16 pixels: each side needs 32 or more");
    assert.ok(told.includes(`${folder}: 1 file is not taken: 1 .bmp.`), told);
    assert.ok(told.includes(`${join(folder, "2")}: the first of 2 frames is taken`), told);
    for (const secret of secrets) assert.ok(!told.includes(secret) && !JSON.stringify(results).includes(secret));
  }
);

test("every mistake on the command line is told with what to do", async () => {
  const refuses = (paths: string[], options: Record<string, string | boolean>, message: RegExp) =>
    assert.rejects(predict(paths, options), {name: "UserError", message});
  await refuses(
    [],
    {run: "tiny"},
    /whose network[^]*predict -- --dataset phantom --run RUN[^]*Published networks: tiny\.\n  Trained on this machine: /
  );
  await refuses([images], {}, /whose network/);
  await refuses([images], {run: "tinny"}, /no run "tinny"[^]*tiny/);
  await refuses(
    [images],
    {run: "untrained"},
    /no trained weights of untrained[^]*npm run study -- --dataset phantom --only training\/untrained/
  );
  await refuses([images], {run: "tiny", csv: true}, /not both/);
  await refuses([join(images, "absent")], {run: "tiny"}, /no file or folder/);
  await refuses([temporaryFolder()], {run: "tiny"}, /no images/);
});

for (const file of ["weights/tiny/3", "validation-predictions/tiny", "outlier-detector/tiny"]) {
  test(`${file} of another training is not used with the published weights`, async () => {
    const published = folder("tampered");
    cpSync(publishedDir, published, {recursive: true});
    const node = [...weightParts(args), validationPredictions(args), outlierDetector(args)].find(
      ({id}) => id === file
    )!;
    const {value, provenance} = openPublished(published).find(node)!;
    const inputs = {...provenance.inputs, [file.startsWith("outlier") ? "part-2" : "training"]: "0123456789"};
    rmSync(join(published, `${file}.json`));
    openPublished(published).write(node, {value, provenance: {...provenance, inputs}});
    await assert.rejects(predict([images], {run: "tiny"}, {published}), {
      name: "UserError",
      message: new RegExp(`^${file} belongs to another training \\(01234567\\)[^]*npm run weights -- publish`)
    });
  });
}

test("what rounding did to the validation images' probabilities is small and known", async () => {
  const {value} = await createPipeline({cacheDir, publishedDir}).resolve(weightRounding(args));
  assert.equal(value.images, 8);
  assert.ok(value.largestChange > 0 && value.largestChange < 0.01, `${value.largestChange}`);
  assert.ok(Math.abs(value.logLoss.exact - value.logLoss.rounded) < 0.01, JSON.stringify(value.logLoss));
  const {weights} = await trainedWeights(args, createPipeline({cacheDir, publishedDir}));
  assert.equal(value.bytes, 2 * [...weights.values()].reduce((sum, {data}) => sum + data.length, 0));
});

test("the detector's scores of validation images ascend, and the study's training images are counted", async () => {
  const {images, validation} = (await createPipeline({cacheDir, publishedDir}).resolve(outlierDetector(args))).value;
  for (const values of [validation.distance, validation.odds]) {
    assert.deepEqual([images, values.length], [32, 8]);
    assert.ok(
      values.every((value, i) => i === 0 || value >= values[i - 1]),
      `${values}`
    );
  }
});
