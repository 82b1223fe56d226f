import assert from "node:assert/strict";
import {test} from "node:test";
import {toPositions, toRows} from "../../../src/lib/dataset/rows.js";
import {gather} from "../../../src/lib/dataset/gather.js";
import {drawPhantom} from "../../../src/lib/dataset/phantom/draw.js";
import type {Pixels} from "../../../src/lib/dataset/types.js";
import {useBackend} from "../../../src/lib/engine/backend.js";
import {randomly} from "../../../src/lib/models/initialise.js";
import {Network} from "../../../src/lib/models/network.js";
import {architecture} from "../../../src/lib/models/registry.js";
import {pack, partOf, unpack} from "../../../src/lib/models/weights/packed.js";
import {scoresOf} from "../../../src/lib/plausibility/detector.js";
import {judgedFeatures} from "../../../src/lib/plausibility/features.js";
import {recomputeStatistics} from "../../../src/lib/training/batch-statistics.js";
import {outlierDetector} from "../../../src/report/predict/outlier-detector.js";
import {partInputs} from "../../../src/report/runs/weights.js";
import {context, toyStudy} from "../toy.js";

process.env.TFJS_BACKEND = "wasm";
const [model, size, classes] = ["mobilenetv2_0.35", 32, ["clear", "hazy"]] as const;
const study = toyStudy({}, [{model}]);
const args = {study, run: study.runs[0]};

/** Training images are drawn; so are the images held out, as they are or negated. */
const counts = {training: 12, held: 5};
const total = counts.training + counts.held;
const held = Array.from({length: counts.held}, (_, i) => 3 * i + 1);
const training = Array.from({length: total}, (_, i) => i).filter((i) => !held.includes(i));
const labels = Int32Array.from({length: total}, (_, i) => i % 2);

function world(negated: readonly number[] = []): Pixels {
  const drawn = Array.from(labels, (label, seed) => drawPhantom({seed, label: 3 * label, size, marker: false}).pixels);
  const data = drawn.map((pixels, i) => (negated.includes(i) ? pixels.map((value) => 255 - value) : pixels));
  return {size, rows: toRows(labels.keys()), labels, data: Buffer.concat(data)};
}

await useBackend();
const network = new Network(architecture(model), {classes: 2, size, dropout: 0}, randomly(1));
await recomputeStatistics(network, world(), 1);
const packed = pack(await network.save());
network.load(unpack(packed), "what is published");
const parts = Object.keys(partInputs(args));

const fit = async (images: Pixels) =>
  outlierDetector(args).run(
    {
      ...Object.fromEntries(parts.map((name, i) => [name, partOf(packed, i + 1, parts.length)])),
      images,
      split: {train: Int32Array.from(training), validation: Int32Array.from(held)},
      inventory: {classes, splits: {train: {labels}}},
      colour: Float32Array.of(0, 0)
    } as never,
    context()
  );

test("what training images look like is learned from them alone, whatever is held out", async () => {
  const [one, other] = [await fit(world()), await fit(world(held))];
  assert.equal(one.images, counts.training);
  assert.deepEqual(other.detector, one.detector);
  assert.notDeepEqual(other.validation.distance, one.validation.distance);
  assert.notDeepEqual((await fit(world(training))).detector, one.detector);
});

test("limits rest on what the detector says of the images held out, and of no others", async () => {
  for (const negated of [[], held]) {
    const images = world(negated);
    const {detector, validation} = await fit(images);
    const scores = scoresOf(await judgedFeatures(network, gather(images, toPositions(held))), detector);
    for (const name of ["distance", "odds"] as const) {
      const expected = scores.map((score) => score[name]).sort((a, b) => a - b);
      assert.equal(validation[name].length, counts.held);
      expected.forEach((value, i) =>
        assert.ok(Math.abs(validation[name][i] - value) <= 1e-3 * Math.max(1, Math.abs(value)), `${name}: ${value}`)
      );
    }
  }
});
