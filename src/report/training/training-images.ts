import {decodeGrey, UnreadableImage} from "../../lib/dataset/decode.js";
import type {DatasetSource} from "../../lib/dataset/open.js";
import {openDataset} from "../../lib/dataset/open.js";
import {parsePhantomPath} from "../../lib/dataset/phantom/path.js";
import type {Example} from "../../lib/dataset/types.js";
import {UserError} from "../../lib/support/errors.js";

/** One training image of each class. */
export interface TrainingImages {
  /** Of the dataset. */
  title: string;
  /** Drawn, because the dataset is synthetic or not here. */
  synthetic: boolean;
  images: {class: string; row: number; pixels: Uint8Array}[];
}

/** The first readable training image of each class, `size` pixels square; drawn ones where the dataset is not here. */
export async function trainingImages(source: DatasetSource, size: number): Promise<TrainingImages> {
  const {title, classes, train} = await openDataset(source).catch(orPhantom);
  const images: TrainingImages["images"] = [];
  for (const [label, name] of classes.entries()) {
    const first = await firstReadable(
      train.filter((example) => example.label === label),
      size
    );
    if (first) images.push({class: name, ...first});
  }
  if (images.length === 0) return trainingImages({name: "phantom"}, size);
  return {title, synthetic: parsePhantomPath(train[0].path) !== null, images};
}

function orPhantom(error: unknown) {
  if (!(error instanceof UserError)) throw error;
  return openDataset({name: "phantom"});
}

async function firstReadable(examples: readonly Example[], size: number) {
  for (const example of examples) {
    try {
      return {row: example.row, pixels: (await decodeGrey(example, size)).pixels};
    } catch (error) {
      if (!(error instanceof UnreadableImage)) throw error;
    }
  }
  return undefined;
}
