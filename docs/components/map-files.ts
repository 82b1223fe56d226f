import type {FilmArtifact, MapArtifact} from "../../src/loaders/types.js";
import type {FileAttachment} from "observablehq:stdlib";

interface Files {
  map: FileAttachment;
  film: FileAttachment;
}

/** The files of a run, so that a page loads only what it shows. */
const filesOf = (run: string): Promise<Files> =>
  import(new URL(`./components/run-maps/${run}.js`, document.baseURI).href) as Promise<Files>;

/** The maps of a run; null where it has no result. */
export const loadMap = async (run: string): Promise<MapArtifact | null> =>
  (await (await filesOf(run)).map.json<{map: MapArtifact | null}>()).map;

/** How the first map of a run came about. */
export const loadFilm = async (run: string): Promise<FilmArtifact | null> =>
  (await (await filesOf(run)).film.json<{film: FilmArtifact | null}>()).film;
