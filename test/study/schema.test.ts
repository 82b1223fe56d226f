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
  for (const initialisation of ["random", "mean-var", {imagenetUpTo: "block_6_expand"}]) {
    assert.deepEqual(changed("runs.0.initialisation", initialisation)().runs[0].initialisation, initialisation);
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
