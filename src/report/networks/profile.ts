import {createNetwork} from "../../lib/models/network.js";
import {profile as profileOf} from "../../lib/models/profile.js";
import {architecture} from "../../lib/models/registry.js";
import {stage} from "../../lib/pipeline/stage.js";
import * as shapes from "../runs/shapes.js";
import {type RunArgs, training} from "../runs/training.js";
import {architectureOf} from "../runs/train-network.js";
import {startBackend} from "../runs/start-backend.js";

/** What a network costs, by resolution, at the size and with the classes of the 2020 study. */
export const profile = stage({
  name: "profile",
  module: import.meta.url,
  revision: 1,
  publish: true,
  shape: shapes.profile,
  id: ({model}: {model: string}) => model,
  params: ({model}) => ({model, size: 224, classes: 4}),
  run: async (_, {model, ...options}, context) => {
    await startBackend(context);
    const {layers, ...counts} = profileOf(architecture(model), options);
    // What a classifier of other classes than ours would see: the channels of the last feature map.
    const features = layers.findLast(({part}) => part === "body")!.shape.at(-1)!;
    return {...counts, features};
  }
});

/**
 * The kernel of a run's first convolution, [k, k, 3 or 1, filters], before the first step and in the epoch that was
 * kept.
 */
export const filters = stage({
  name: "filters",
  module: import.meta.url,
  revision: 1,
  publish: true,
  shape: shapes.filters,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({training: training(args)}),
  params: ({study, run: {model, initialisation, seed, procedure}}) => {
    const {size, greyStem} = study.procedures[procedure];
    return {model, initialisation, seed, size, greyStem};
  },
  run: async ({training: {weights}}, {model, greyStem, ...options}, context) => {
    await startBackend(context);
    // The body's first values do not depend on the head's.
    const network = await createNetwork(await architectureOf(model, {greyStem}), {...options, classes: 2, dropout: 0});
    const [name, kernel] = [...network.body.variables].find(([name]) => name.endsWith("/kernel"))!;
    const before = (await kernel.data()) as Float32Array;
    network.dispose();
    return {layer: name.replace("/kernel", ""), shape: kernel.shape, before, after: weights[name].data};
  }
});
