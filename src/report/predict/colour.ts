import {colourOf} from "../../lib/dataset/colour.js";
import {datasetDigest} from "../../lib/dataset/digest.js";
import {type DatasetSource, openDataset} from "../../lib/dataset/open.js";
import {forEachImage} from "../../lib/dataset/pixels.js";
import {stage} from "../../lib/pipeline/stage.js";

interface ColourArgs {
  study: {dataset: DatasetSource};
}

/** How colourful the training list's images are as files, in ascending order: what is decoded for networks is grey. */
export const colour = stage({
  name: "colour",
  module: import.meta.url,
  revision: 1,
  effort: "minutes",
  id: ({study}: ColourArgs) => study.dataset.name,
  params: ({study}) => ({dataset: study.dataset}),
  external:
    ({study}) =>
    async () =>
      datasetDigest(await openDataset(study.dataset)),
  run: async (_, {dataset}, {progress}) => {
    const {train} = await openDataset(dataset);
    const colours = new Float32Array(train.length);
    await forEachImage(train, {onProgress: progress}, async (example, i) => {
      colours[i] = await colourOf(example);
    });
    return colours.sort();
  }
});
