import assert from "node:assert/strict";
import {existsSync} from "node:fs";
import {join} from "node:path";
import {before, test} from "node:test";
import {gather} from "../../src/lib/dataset/batches.js";
import {openDataset} from "../../src/lib/dataset/open.js";
import {readPixels} from "../../src/lib/dataset/pixels.js";
import type {Example, Pixels} from "../../src/lib/dataset/types.js";
import {useBackend} from "../../src/lib/engine/backend.js";
import type {Initialisation} from "../../src/lib/models/initialisation.js";
import {createNetwork} from "../../src/lib/models/network.js";
import {architectures} from "../../src/lib/models/registry.js";
import {pooledFeatures} from "../../src/lib/training/inference.js";
import {linearProbe} from "../../src/lib/training/linear-probe.js";

const {WEIGHTS_DIR: weights, COVIDX_DIR: covidx} = process.env;

/** Images of each class, of which every third is for testing. */
const perClass = 30;
/** Small, so that it takes seconds. */
const size = 96;

before(async () => void (await useBackend()));

/** The first images of every class, class by class; one of COVID-19 is absent from every copy of the data. */
async function firstOfEveryClass(): Promise<Pixels> {
  const {classes, train} = await openDataset({name: "covidx"});
  const present = train.filter(({path}: Example) => existsSync(path));
  const chosen = classes.flatMap((_, label) => present.filter((example) => example.label === label).slice(0, perClass));
  return (await readPixels(chosen, {size})).pixels;
}

/** The share of held-out images that a linear probe on the network's features recognises. */
async function probeAccuracy(id: string, initialisation: Initialisation, pixels: Pixels): Promise<number> {
  const architecture = architectures.find((architecture) => architecture.id === id)!;
  const network = await createNetwork(architecture, {classes: 4, size, dropout: 0, initialisation, seed: 1});
  const positions = Array.from(pixels.rows, (_, i) => i);
  const [train, held] = [0, 1].map((part) =>
    gather(
      pixels,
      positions.filter((i) => Number(i % 3 === 2) === part)
    )
  );
  const [features, heldFeatures] = [await pooledFeatures(network, train), await pooledFeatures(network, held)];
  network.dispose();
  const columns = features.length / train.rows.length;
  const [probabilities] = await linearProbe({features, labels: train.labels}, [heldFeatures], {
    columns,
    classes: 4,
    l2: 0.1
  });
  const right = Array.from(held.labels).filter((label, i) => {
    const row = probabilities.subarray(4 * i, 4 * i + 4);
    return row.indexOf(Math.max(...row)) === label;
  });
  return right.length / held.labels.length;
}

for (const {id, title, imagenet} of architectures.filter(({imagenet}) => imagenet)) {
  const skip = !weights
    ? "WEIGHTS_DIR is not set"
    : !existsSync(join(weights, imagenet!.file))
      ? `WEIGHTS_DIR has no ${imagenet!.file}`
      : !covidx
        ? "COVIDX_DIR is not set"
        : false;
  test(`a linear probe on ${title}'s published weights recognises radiographs`, {skip}, async (t) => {
    const pixels = await firstOfEveryClass();
    assert.equal(pixels.rows.length, 4 * perClass);
    const accuracy = await probeAccuracy(id, "imagenet", pixels);
    t.diagnostic(`accuracy ${accuracy.toFixed(3)} on four classes of equal size`);
    assert.ok(accuracy > 0.5, `${accuracy}, where a guess is right in a quarter of the cases`);
  });
}
