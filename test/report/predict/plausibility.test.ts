import assert from "node:assert/strict";
import {mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {createPipeline} from "../../../src/lib/pipeline/index.js";
import {rangesOf} from "../../../src/lib/plausibility/picture.js";
import {heldOf} from "../../../src/lib/plausibility/verdict.js";
import {root} from "../../../src/lib/support/paths.js";
import {calibrating, calibrations, evenPatients} from "../../../src/report/predict/outlier-calibration.js";
import {outlierDetector} from "../../../src/report/predict/outlier-detector.js";
import {openPlausibility} from "../../../src/report/predict/plausibility.js";
import {plausibilityEvaluation} from "../../../src/report/predict/plausibility-evaluation.js";
import {hasPublishedWeights, requireInput, requireParts} from "../../../src/report/runs/weights.js";
import {study} from "../../../src/study.js";
import {temporaryFolder, write} from "../../dataset/fixtures.js";

const pipeline = createPipeline({
  cacheDir: mkdtempSync(join(tmpdir(), "plausibility-")),
  publishedDir: join(root, "data/published")
});

/** Runs whose networks are published, without data or training. */
const published = async () => {
  const runs = await Promise.all(
    study.runs.map(async (run) => ((await hasPublishedWeights({study, run}, pipeline)) ? [run] : []))
  );
  return runs.flat();
};

test(
  "the networks published here flag at least 95% of what is no frontal radiograph, and at most " +
    "5% of the radiographs of COVIDx's test list, of NIH, of Figure 1, and of all together",
  async () => {
    const runs = await published();
    assert.ok(runs.length > 0);
    for (const run of runs) {
      const {groups, curve} = (await pipeline.resolve(plausibilityEvaluation({study, run}))).value;
      const others = groups.filter(({side}) => side === "other");
      const [k, n] = [
        others.reduce((sum, group) => sum + group.flagged.k!, 0),
        others.reduce((sum, group) => sum + group.n, 0)
      ];
      assert.ok(n >= 300 && k / n >= 0.95, `${run.id}: ${k} of ${n}`);
      const frontal = groups.filter(({side}) => side === "frontal");
      for (const name of ["covidx", "nih", "figure1"]) {
        const {flagged, n} = frontal.find(({kind}) => kind === name)!;
        assert.ok(flagged.value <= 0.05, `${run.id}, ${name}: ${flagged.k} of ${n}`);
      }
      const [flagged, all] = [
        (of: (typeof frontal)[number]) => of.flagged.k!,
        (of: (typeof frontal)[number]) => of.n
      ].map((value) => frontal.reduce((sum, group) => sum + value(group), 0));
      assert.ok(flagged / all <= 0.05, `${run.id}: ${flagged} of ${all}`);
      for (const {kind, flagged, pixels, features} of groups) {
        assert.ok(flagged.k! >= Math.max(pixels, features) && flagged.k! <= pixels + features, kind);
      }
      const shares = curve.map(({frontal, other}) => [frontal.k!, other.k!]);
      shares.slice(1).forEach(([radiographs, rest], i) => {
        assert.ok(radiographs >= shares[i][0] && rest >= shares[i][1], "narrower limits flag no less");
      });
    }
  }
);

test("what is published to judge images by belongs to the weights that are published, and to each other", async () => {
  for (const run of await published()) {
    const detector = await pipeline.resolve(outlierDetector({study, run}));
    await requireParts({study, run}, pipeline, detector);
    assert.equal(calibrations({study, run}).length, calibrating.length);
    for (const node of calibrations({study, run})) {
      requireInput("detector", detector.provenance.key, await pipeline.resolve(node));
    }
  }
});

test("every second patient sets limits, whole", () => {
  const splits = {test: {rows: Int32Array.of(4, 5, 6, 9), patients: Int32Array.of(0, 1, 1, 2)}};
  assert.deepEqual([...evenPatients({splits} as unknown as Parameters<typeof evenPatients>[0])], [4, 9]);
});

test("images are read by part, side and kind, and where there are none it is told how to build them", () => {
  const folder = temporaryFolder();
  for (const path of [
    "test/other/text/b.png",
    "test/other/text/a.png",
    "test/frontal/nih/1.png",
    "development/other/x/1.png"
  ])
    write(join(folder, path), "");
  const {test: examples, groups, classes} = openPlausibility("test", folder);
  assert.deepEqual(classes, ["frontal/nih", "other/text"]);
  assert.deepEqual(
    examples.map(({id, label, row}) => [id.file, label, row]),
    [
      ["frontal/nih/1.png", 0, 0],
      ["other/text/a.png", 1, 1],
      ["other/text/b.png", 1, 2]
    ]
  );
  assert.deepEqual(groups[1], {part: "test", side: "other", kind: "text"});
  assert.throws(() => openPlausibility("test", temporaryFolder()), {message: /npm run bench -- plausibility/});
});

test("an image is counted once, whether pixels, features or both speak against it", async () => {
  const picture = rangesOf([{spread: 50, roughness: 0.01, commonest: 0.05, entropy: 7, flat: 0.1}]);
  const scores = Array.from({length: 101}, (_, i) => ({distance: 10 + i / 100, odds: -1 - i / 100, kind: ""}));
  const node = plausibilityEvaluation({study, run: study.runs[0]});
  const measured = [
    {
      ...{side: "other", kind: "odd"},
      distance: Float32Array.of(10.5, 30, 10.5, 30),
      odds: Float32Array.of(-2, -2, 5, 5),
      pixels: Uint8Array.of(1, 0, 0, 1)
    },
    {
      ...{side: "frontal", kind: "nih"},
      distance: Float32Array.of(10.5, 1),
      odds: Float32Array.of(-2, -2),
      pixels: new Uint8Array(2)
    }
  ];
  const inputs = {measured, detector: {validation: heldOf(picture, scores), colour: 0}};
  const context = {progress() {}, log() {}, signal: pipeline.signal, workspace: "", record() {}};
  const {groups} = await node.run(inputs, context);
  assert.deepEqual(
    groups.map(({flagged, ...group}) => ({...group, k: flagged.k})),
    [
      {side: "other", kind: "odd", n: 4, pixels: 2, features: 3, k: 4},
      {side: "frontal", kind: "nih", n: 2, pixels: 0, features: 1, k: 1}
    ]
  );
});
