import type {Pixels} from "../../lib/dataset/types.js";
import {linearCka} from "../../lib/explain/cka.js";
import {type Landmark, landmarkFeatures, landmarks} from "../../lib/explain/landmarks.js";
import {needsImageNet} from "../../lib/models/initialisation.js";
import {createNetwork, type Network} from "../../lib/models/network.js";
import {profile} from "../../lib/models/profile.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {StageContext} from "../../lib/pipeline/types.js";
import type {Run, Study} from "../../lib/study/schema.js";
import {repetitions, twins} from "../../lib/study/twins.js";
import {recomputeStatistics} from "../../lib/training/batch-statistics.js";
import {testImages, testList} from "../runs/run.js";
import * as shapes from "../runs/shapes.js";
import {startBackend} from "../runs/start-backend.js";
import {counting, networkParams, withNetwork} from "../runs/trained-network.js";
import {imagenetDigest, type RunArgs} from "../runs/training.js";
import {architectureOf} from "../runs/train-network.js";

/** Layers at which networks are compared: enough for a curve, few enough to have their features at once. */
const count = 12;

/** The test images as a network sees them at its landmarks. */
async function seenBy(network: Network, images: Pixels, context: StageContext) {
  const {size, classes} = network.options;
  const marks = landmarks(profile(network.architecture, {size, classes}).layers, count);
  return {landmarks: marks, features: await landmarkFeatures(network, marks, images, counting(context))};
}

type Seen = Awaited<ReturnType<typeof seenBy>>;

/**
 * Features of the test images by a run's network before its first step, with the batch statistics of these images, as
 * that step would use those of its own: an untrained network has no others, and ImageNet's are not those of
 * radiographs.
 */
const startFeatures = stage({
  name: "start-features",
  module: import.meta.url,
  revision: 1,
  effort: "hours",
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({images: testImages(args)}),
  params: (args) => ({...networkParams(args), initialisation: args.run.initialisation, seed: args.run.seed, count}),
  external: ({run}) => (needsImageNet(run.initialisation) ? () => imagenetDigest(run) : undefined),
  run: async ({images}, {model, greyStem, initialisation, seed}, context) => {
    await startBackend(context);
    // The body's first values do not depend on the head's.
    const options = {classes: 2, size: images.size, dropout: 0, initialisation, seed};
    const network = await createNetwork(await architectureOf(model, {greyStem}), options);
    try {
      await recomputeStatistics(network, images, seed);
      return await seenBy(network, images, context);
    } finally {
      network.dispose();
    }
  }
});

/** Features of the test images by a run's network as it predicts. */
const endFeatures = stage({
  name: "end-features",
  module: import.meta.url,
  revision: 1,
  effort: "hours",
  id: ({run}: RunArgs) => run.id,
  inputs: testList,
  params: (args) => ({...networkParams(args), count}),
  run: (inputs, params, context) =>
    withNetwork(params, inputs, context, (network) => seenBy(network, inputs.images, context))
});

/** How alike two networks of one architecture see the same images, at every landmark. */
const similarities = (a: Seen, b: Seen): (Landmark & {cka: number})[] =>
  a.landmarks.map((landmark, i) => ({...landmark, cka: linearCka(a.features[i], b.features[i])}));

/** How much of a run's first features is left in its last ones, by depth. */
export const featureChange = stage({
  name: "feature-change",
  module: import.meta.url,
  revision: 1,
  publish: true,
  shape: shapes.similarities,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({start: startFeatures(args), end: endFeatures(args)}),
  run: ({start, end}) => similarities(start, end)
});

interface PairArgs {
  study: Study;
  pair: readonly [Run, Run];
}

/** Runs whose last features are compared: twins of different starts, and neighbouring seeds of one start, for scale. */
export const featurePairs = (study: Study): (readonly [Run, Run])[] => [
  ...twins(study).map(({pretrained, scratch}) => [pretrained, scratch] as const),
  ...repetitions(study).flatMap((runs) => runs.slice(1).map((run, i) => [runs[i], run] as const))
];

/** How alike the last features of two runs of one network are, by depth. */
export const featureAgreement = stage({
  name: "feature-agreement",
  module: import.meta.url,
  revision: 1,
  publish: true,
  shape: shapes.similarities,
  id: ({pair: [a, b]}: PairArgs) => `${a.id}/${b.id}`,
  inputs: ({study, pair: [a, b]}) => ({a: endFeatures({study, run: a}), b: endFeatures({study, run: b})}),
  run: ({a, b}) => similarities(a, b)
});
