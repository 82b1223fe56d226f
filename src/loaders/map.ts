import {argmax} from "../lib/evaluation/predictions.js";
import {resolve} from "../lib/pipeline/index.js";
import {embedding} from "../stages/evaluate.js";
import {predictions} from "../stages/run.js";
import {study} from "../study.js";
import {eachRun, round, rounded, sourceOf, titleOf} from "./support.js";
import type {EmbeddingArtifact} from "./types.js";

/** t-SNE coordinates of the test images, for every run. */
export default async function (): Promise<EmbeddingArtifact> {
  const runs = await eachRun(
    (run) => embedding({study, run}),
    async (result, run) => {
      const {rows, labels, coordinates, kl, trustworthiness, purityMap, purityFeatures} = result.value;
      const {value} = await resolve(predictions({study, run}));
      return {
        run: run.id,
        title: titleOf(run),
        row: Array.from(rows),
        actual: Array.from(labels),
        predicted: Array.from(argmax(value.probabilities, value.classes.length)),
        x: rounded(coordinates.filter((_, at) => at % 2 === 0)),
        y: rounded(coordinates.filter((_, at) => at % 2 === 1)),
        kl: round(kl),
        purityMap: round(purityMap),
        purityFeatures: round(purityFeatures),
        trustworthiness: round(trustworthiness),
        source: sourceOf(result)
      };
    }
  );
  return {perplexity: study.analyses.tsne.perplexity, runs};
}
