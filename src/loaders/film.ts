import {snapshotEvery} from "../lib/explain/tsne.js";
import {embedding} from "../stages/embed.js";
import {study} from "../study.js";
import {attempt, sourceOf} from "./support.js";
import type {FilmArtifact} from "./types.js";

/** The optimisation of a run's first map, by the run's place in the study's list; null where there is none. */
export default async function ({slot}: Readonly<Record<string, string>>): Promise<{film: FilmArtifact | null}> {
  const run = study.runs[Number(slot)];
  const result = run && (await attempt(embedding({study, run})));
  if (!result || "missing" in result) return {film: null};
  const {frames, rows} = result.value;
  const length = 2 * rows.length;
  const film: FilmArtifact = {
    run: run.id,
    perplexity: study.analyses.tsne.perplexities[0],
    every: snapshotEvery,
    frames: Array.from({length: frames.length / length}, (_, i) =>
      Buffer.from(frames.subarray(i * length, (i + 1) * length)).toString("base64")
    ),
    source: sourceOf(result)
  };
  return {film};
}
