import type {FilmArtifact, MapArtifact} from "../../../src/report/map/artifact.js";

/**
 * Reads a file of a run, so that a page loads only what it shows. Framework attaches files by literal names; one for
 * every run of a study is exported under its own address instead (`dynamicPaths`), which the preview has among the
 * attached.
 */
async function load<T>(name: string): Promise<T | null> {
  for (const path of [name, `_file/${name}`]) {
    const response = await fetch(new URL(path, document.baseURI), {cache: "no-cache"});
    if (response.ok) return response.json() as Promise<T>;
  }
  return null;
}

/** The maps of a run; null where it has no result. */
export const loadMap = async (run: string): Promise<MapArtifact | null> =>
  (await load<{map: MapArtifact | null}>(`runs/map/${run}.json`))?.map ?? null;

/** How the first map of a run came about. */
export const loadFilm = async (run: string): Promise<FilmArtifact | null> =>
  (await load<{film: FilmArtifact | null}>(`runs/film/${run}.json`))?.film ?? null;
