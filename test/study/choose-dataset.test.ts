import assert from "node:assert/strict";
import {copyFileSync, mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {firstLook} from "../../src/first-look.js";
import {architecture} from "../../src/lib/models/registry.js";
import {chosenPlan, commandOf, optionOf, smallFolder} from "../../src/lib/study/choose-dataset.js";
import {defineStudy} from "../../src/lib/study/schema.js";
import {study} from "../../src/study.js";
import {folderOfClasses} from "../dataset/fixtures.js";

test("phantoms and small folders get a first look, all else and whoever asks for it the whole study", async () => {
  assert.equal(chosenPlan({name: "covidx"}, undefined), "full");
  assert.equal(chosenPlan({name: "phantom"}, undefined), "first look");
  assert.equal(chosenPlan({name: "phantom"}, "full"), "full");
  const path = await folderOfClasses({ill: 1, well: 10});
  const more = (upTo: number) => {
    for (let i = 1; i < upTo; ++i) copyFileSync(join(path, "ill/image 0.PNG"), join(path, `ill/image ${i}.PNG`));
  };
  more(smallFolder - 10);
  assert.equal(chosenPlan({name: "folder", path}, undefined), "first look");
  more(smallFolder - 9);
  assert.equal(chosenPlan({name: "folder", path}, undefined), "full");
});

test("a folder that is no dataset is told where it is read, not where the plan is chosen", () => {
  assert.equal(chosenPlan({name: "folder", path: "/no/such/folder"}, undefined), "first look");
});

test("a first look trains from random weights, and from ImageNet where the weights are here", () => {
  const before = process.env.WEIGHTS_DIR;
  const folder = (process.env.WEIGHTS_DIR = mkdtempSync(join(tmpdir(), "weights-")));
  const starts = () => {
    const {runs} = defineStudy({
      ...study,
      dataset: {name: "phantom"},
      validation: {fraction: 0.1, seed: 42, groupByPatient: false},
      ...firstLook()
    });
    return runs.map(({initialisation}) => initialisation);
  };
  try {
    assert.deepEqual(starts(), ["random"]);
    writeFileSync(join(folder, architecture("mobilenetv2_0.35").imagenet!.file), "");
    assert.deepEqual(starts(), ["random", "imagenet"]);
  } finally {
    if (before === undefined) delete process.env.WEIGHTS_DIR;
    else process.env.WEIGHTS_DIR = before;
  }
});

test("the command line names a dataset as it was chosen, quoted where a shell needs it, and COVIDx not at all", () => {
  assert.equal(optionOf({name: "covidx"}, undefined), "");
  assert.equal(optionOf({name: "phantom"}, "full"), "--dataset phantom --full");
  assert.equal(optionOf({name: "folder", path: "/data/x_1.2"}, undefined), "--dataset /data/x_1.2");
  assert.equal(optionOf({name: "folder", path: "my images/it's"}, undefined), "--dataset 'my images/it'\\''s'");
});

test("a command that is told is about the dataset at hand", () => {
  assert.equal(commandOf({name: "covidx"}, "study"), "npm run study");
  assert.equal(commandOf({name: "covidx"}, "study", "--only a"), "npm run study -- --only a");
  assert.equal(commandOf({name: "phantom"}, "build"), "npm run build -- --dataset phantom");
  assert.equal(
    commandOf({name: "folder", path: "my images"}, "predict", "--run a"),
    "npm run predict -- --dataset 'my images' --run a"
  );
});
