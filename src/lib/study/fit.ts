import {neighbourCount, neighboursOf, perplexitiesOf} from "../explain/atlas.js";
import {componentsOf} from "../explain/pca.js";
import {batchSizeOf} from "../training/sampler.js";
import type {Study} from "./schema.js";

/** How many images a study has to train, to validate and to test on. */
export interface Sizes {
  train: number;
  validation: number;
  test: number;
}

/** A setting that follows the number of images, because these are too few for what the study's definition asks for. */
export interface Fitted {
  setting: "batchSize" | "perplexities" | "neighbours" | "components" | "explained";
  /** "Batches of 10 images in place of 32, so that ..." */
  words: string;
}

type Fittable = Pick<Study, "procedures" | "analyses">;

const listed = (values: readonly number[]) =>
  values.length > 1 ? `${values.slice(0, -1).join(", ")} and ${values.at(-1)}` : `${values[0]}`;

/**
 * The settings of a study as its stages take them with so many images, and a sentence for each that is another than in
 * its definition. The definition itself, and with it the key of every result, stays as it is.
 */
export function fit({procedures, analyses}: Fittable, {train, test}: Sizes): Fittable & {fitted: Fitted[]} {
  const [tsne, pca, explanations] = [analyses.tsne, analyses.pca, analyses.explanations];
  const perplexities = perplexitiesOf(test, tsne.perplexities);
  const components = pca.components === "all" ? pca.components : componentsOf(test, Infinity, pca.components);
  const images = Math.min(explanations.images, test);
  const batches = Object.values(procedures).map(({batchSize}) => batchSize);
  const most = Math.max(...batches);
  const changed = (setting: Fitted["setting"], differs: boolean, words: string): Fitted[] =>
    differs ? [{setting, words}] : [];
  return {
    procedures: Object.fromEntries(
      Object.entries(procedures).map(([id, procedure]) => [
        id,
        {...procedure, batchSize: batchSizeOf(train, procedure.batchSize)}
      ])
    ),
    analyses: {
      ...analyses,
      tsne: {...tsne, perplexities},
      pca: {components},
      explanations: {...explanations, images}
    },
    fitted: [
      ...changed(
        "batchSize",
        batchSizeOf(train, most) < most,
        `Batches of ${batchSizeOf(train, most)} images in place of ${most}: a quarter of the ${train} ` +
          "images to train on at most, and of the part that a run takes."
      ),
      ...changed(
        "perplexities",
        `${perplexities}` !== `${tsne.perplexities}`,
        `Perplexity ${listed(perplexities)} in place of ${listed(tsne.perplexities)}: a third of the ` +
          `${test} test images at most.`
      ),
      ...changed(
        "neighbours",
        neighboursOf(test) < neighbourCount,
        `${neighboursOf(test)} nearest neighbours in place of ${neighbourCount}: fewer than half of ` +
          `the ${test} test images.`
      ),
      ...changed(
        "components",
        components !== pca.components,
        `${components} principal components in place of ${pca.components}: ${test} test images have no more.`
      ),
      ...changed(
        "explained",
        images < explanations.images,
        `Maps are tested on all ${test} test images in place of ${explanations.images}.`
      )
    ]
  };
}
