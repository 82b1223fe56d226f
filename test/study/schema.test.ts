import assert from "node:assert/strict";
import {test} from "node:test";
import {architectures} from "../../src/lib/models/registry.js";
import {chosenDataset} from "../../src/lib/study/choose-dataset.js";
import {defineStudy} from "../../src/lib/study/schema.js";
import {study} from "../../src/study.js";

/** A definition with one value changed to something that the types would not allow. */
const changed = (path: string, value: unknown) => () => {
  const copy = structuredClone(study) as unknown;
  const keys = path.split(".");
  const parent = keys.slice(0, -1).reduce((object, key) => (object as Record<string, unknown>)[key], copy);
  (parent as Record<string, unknown>)[keys.at(-1)!] = value;
  return defineStudy(copy as Parameters<typeof defineStudy>[0]);
};

test("the study's definition is valid and stays what it is", () => {
  assert.deepEqual(defineStudy(study), study);
});

test("an unknown network names its path and the allowed values", () => {
  assert.throws(changed("runs.0.model", "resnet"), /study\.runs\.0\.model: .*mobilenetv2_0\.35/);
});

test("a procedure that is not defined names those that are", () => {
  assert.throws(
    changed("runs.1.procedure", "none"),
    /study\.runs\.1\.procedure: "none" is not defined; allowed: two-core-fine-tune, /
  );
});

test("an initialisation is one of the names or a layer; anything else lists what is allowed", () => {
  for (const initialisation of ["random", "mean-var", {imagenetUpTo: "block6_sepconv1"}]) {
    const run = {...study.runs[0], id: "another", seed: 7, initialisation};
    assert.deepEqual(changed("runs.1", run)().runs[1].initialisation, initialisation);
  }
  for (const wrong of ["ImageNet", {upTo: "block_6_expand"}]) {
    assert.throws(
      changed("runs.0.initialisation", wrong),
      /study\.runs\.0\.initialisation: use "imagenet", "random", "mean-var" or \{imagenetUpTo/
    );
  }
});

const unpublished = architectures.find(({imagenet}) => !imagenet);
test(
  "a network of which nobody publishes weights can only start at random, and one of its own top has one image size",
  {skip: unpublished ? false : "every registered network has published weights"},
  () => {
    const [first] = study.runs;
    assert.throws(
      changed("runs.0", {...first, model: unpublished!.id, initialisation: "imagenet"}),
      /study\.runs\.0\.initialisation: nobody publishes ImageNet weights of .*; use "random"/
    );
    const random = {
      ...first,
      model: unpublished!.id,
      procedure: "two-core-fine-tune",
      initialisation: "random"
    } as const;
    assert.throws(
      changed("runs.0", {...random, id: first.id}),
      /study\.runs\.0\.procedure: the top of .* fits one image size/
    );
    const phases = study.procedures["two-core-fine-tune"].phases.map((phase) => ({...phase, size: undefined}));
    const procedures = {...study.procedures, "two-core-fine-tune": {...study.procedures["two-core-fine-tune"], phases}};
    const analyses = {...study.analyses, ensemble: {members: []}};
    assert.equal(defineStudy({...study, procedures, analyses, runs: [random]}).runs[0].model, unpublished!.id);
  }
);

test("features are cached only where they stay as they are", () => {
  const cached = (phase: object) =>
    changed("procedures.two-core-fine-tune.phases.0", {
      train: "head",
      epochs: 1,
      maxRate: 1e-3,
      cachedCopies: 2,
      ...phase
    });
  assert.throws(
    cached({}),
    /study\.procedures\.two-core-fine-tune\.phases\.0\.cachedCopies: features can be cached only where/
  );
  assert.throws(cached({trainBatchNorm: false}), /cachedCopies/);
  assert.doesNotThrow(cached({trainBatchNorm: false, mixup: 0}));
});

for (const [what, path, value, message] of [
  [
    "a low rate above the high one",
    "procedures.two-core-fine-tune.phases.1.maxRate",
    {low: 1, high: 1e-3},
    /phases\.1\.maxRate: low is above high/
  ],
  [
    "fewest holes above most",
    "procedures.covid-net.augmentation.cutout",
    {holes: [4, 1], length: [20, 50]},
    /cutout\.holes: the first is above the second/
  ],
  [
    "shortest sides above longest",
    "procedures.covid-net.augmentation.cutout",
    {holes: [1, 4], length: [50, 20]},
    /cutout\.length: the first is above the second/
  ],
  [
    "a member twice",
    "analyses.ensemble.members.1",
    study.analyses.ensemble.members[0],
    /members\.1: "xception-imagenet-1" is a member already/
  ],
  [
    "a layer that the network has not",
    "runs.1.initialisation",
    {imagenetUpTo: "block6_sepconv"},
    /runs\.1\.initialisation\.imagenetUpTo: "block6_sepconv" is no layer with weights of Xception; near names: block6_sepconv1/
  ],
  [
    "a layer without weights",
    "runs.1.initialisation",
    {imagenetUpTo: "block2_pool"},
    /"block2_pool" is no layer with weights/
  ],
  ["a perplexity twice", "analyses.tsne.perplexities", [5, 30, 5], /tsne\.perplexities: the same value is there twice/],
  ["a start twice", "analyses.tsne.seeds", [1, 1], /tsne\.seeds: the same value is there twice/],
  ["a penalty twice", "analyses.probe.penalties", [0.1, 0.1], /probe\.penalties: the same value is there twice/],
  [
    "a run twice",
    "runs.1",
    {...study.runs[0], id: "again"},
    /runs\.1\.id: "again" is the same run as "xception-imagenet-1"/
  ],
  [
    "COVIDx's rows of another dataset",
    "dataset",
    {name: "phantom"},
    /validation\.rows: only COVIDx has these rows, and the dataset is "phantom"/
  ],
  [
    "a marked class that phantoms have not",
    "dataset",
    {name: "phantom", marker: {class: "covid"}},
    /dataset\.marker\.class: .*"COVID-19"/
  ]
] as [string, string, unknown, RegExp][]) {
  test(`${what} is refused by name`, () => {
    assert.throws(changed(path, value), {name: "UserError", message});
  });
}

test("rates of equal ends and cutout of one size are allowed", () => {
  const {phases, augmentation} = study.procedures["two-core-fine-tune"];
  const equal = {...phases[1], maxRate: {low: 1e-3, high: 1e-3}};
  assert.doesNotThrow(changed("procedures.two-core-fine-tune.phases.1", equal));
  const cutout = {holes: [1, 1], length: [20, 20]};
  assert.doesNotThrow(changed("procedures.two-core-fine-tune.augmentation", {...augmentation, cutout}));
});

test("every wrong value is named at once, also one that is too much", () => {
  const define = changed("validation", {fraction: 2, seed: -1, groupByPatient: false, extra: 1});
  assert.throws(define, /study\.validation\.fraction[^]*Correct src\/study\.ts/);
  assert.throws(define, /study\.validation\.seed/);
  assert.throws(define, /extra/);
});

test("an ensemble joins runs of the study only", () => {
  assert.throws(
    changed("analyses.ensemble.members.0", "nobody"),
    /study\.analyses\.ensemble\.members\.0: "nobody" is not a run/
  );
});

test("two runs cannot share an id", () => {
  assert.throws(changed("runs.1.id", study.runs[0].id), /study\.runs\.1\.id: .*used twice/);
});

test("a dataset is chosen by name or as the path of a folder", () => {
  assert.equal(chosenDataset(""), undefined);
  assert.deepEqual(chosenDataset("phantom"), {name: "phantom"});
  assert.deepEqual(chosenDataset("./images"), {name: "folder", path: "./images"});
});
