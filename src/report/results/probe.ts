import {gather} from "../../lib/dataset/gather.js";
import {evaluate} from "../../lib/evaluation/evaluate.js";
import {createNetwork} from "../../lib/models/network.js";
import {architecture} from "../../lib/models/registry.js";
import {locateWeights} from "../../lib/models/weights/locate.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Study} from "../../lib/study/schema.js";
import {pooledFeatures} from "../../lib/training/inference.js";
import {inventory, pixels, split} from "../data/dataset.js";
import {fitProbe} from "./fit-probe.js";
import * as shapes from "../runs/shapes.js";
import {startBackend} from "../runs/start-backend.js";

export interface ProbeArgs {
  study: Study;
  model: string;
}

/** The networks that a study starts from ImageNet: each has a probe. */
export const probedModels = ({runs}: Study): string[] => [
  ...new Set(runs.filter(({initialisation}) => initialisation === "imagenet").map(({model}) => model))
];

/**
 * A linear probe on the network's frozen ImageNet features: what fine-tuning has to beat. The penalty is chosen on
 * validation.
 */
export const probe = stage({
  name: "probe",
  module: import.meta.url,
  revision: 1,
  effort: "hours",
  publish: true,
  shape: shapes.probe,
  id: ({model}: ProbeArgs) => model,
  inputs: ({study}) => ({
    train: pixels({study, split: "train", size: study.analyses.probe.size}),
    test: pixels({study, split: "test", size: study.analyses.probe.size}),
    split: split({study}),
    inventory: inventory({study})
  }),
  params: ({study, model}) => ({model, penalties: study.analyses.probe.penalties}),
  external:
    ({model}) =>
    () =>
      locateWeights(architecture(model)).digest,
  run: async ({train, test, split, inventory}, {model, penalties}, context) => {
    await startBackend(context);
    const {classes} = inventory;
    const options = {
      classes: classes.length,
      size: test.size,
      dropout: 0,
      initialisation: "imagenet",
      seed: 0
    } as const;
    const network = await createNetwork(architecture(model), options);
    const [training, validation] = [gather(train, split.train), gather(train, split.validation)];
    const sets = [training, validation, test];
    const total = sets.reduce((sum, {rows}) => sum + rows.length, 0);
    const features: Float32Array[] = [];
    let before = 0;
    for (const set of sets) {
      const onBatch = (done: number) => context.progress({done: before + done, total, unit: "images"});
      features.push(await pooledFeatures(network, set, onBatch));
      before += set.rows.length;
    }
    network.dispose();
    const columns = features[2].length / test.rows.length;
    const fitted = await fitProbe(
      {
        train: {features: features[0], labels: training.labels},
        validation: {features: features[1], labels: validation.labels},
        test: features[2]
      },
      {columns, classes: classes.length, penalties}
    );
    return {rows: test.rows, labels: test.labels, classes, ...fitted};
  }
});

/** Metrics of the probe on the test images. */
export const probeEvaluation = stage({
  name: "probe-evaluation",
  module: import.meta.url,
  id: ({model}: ProbeArgs) => model,
  inputs: (args) => ({predictions: probe(args)}),
  params: ({study}) => study.analyses.bootstrap,
  run: ({predictions}, options) => evaluate(predictions, options)
});
