import {snapshotEvery} from "../lib/explain/tsne.js";
import {embedding} from "../report/map/embed.js";
import {study} from "../study.js";
import {attempt, sourceOf} from "../report/shared/support.js";
import type {FilmArtifact} from "../report/map/artifact.js";

/** The optimisation of a run's first map, null where it has no result. */
export default async function (params: Readonly<Record<string, string>>): Promise<{film: FilmArtifact | null}> {
  const run = study.runs.find(({id}) => id === params.run);
  const result = run && (await attempt(embedding({study, run})));
  if (!result || "missing" in result) return {film: null};
  const {frames, rows, maps} = result.value;
  const length = 2 * rows.length;
  const film: FilmArtifact = {
    run: run.id,
    perplexity: maps[0].perplexity,
    every: snapshotEvery,
    frames: Array.from({length: frames.length / length}, (_, i) =>
      Buffer.from(frames.subarray(i * length, (i + 1) * length)).toString("base64")
    ),
    source: sourceOf(result)
  };
  return {film};
}
