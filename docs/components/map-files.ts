import type {FilmArtifact, MapArtifact} from "../../src/loaders/types.js";
import {FileAttachment} from "observablehq:stdlib";

// One file for each place in the study's list of runs, so that a page loads only what it shows. Framework wants every
// name as a literal; a place without a run has an empty file.
const maps = [
  FileAttachment("../data/map/0.json"),
  FileAttachment("../data/map/1.json"),
  FileAttachment("../data/map/2.json"),
  FileAttachment("../data/map/3.json"),
  FileAttachment("../data/map/4.json"),
  FileAttachment("../data/map/5.json"),
  FileAttachment("../data/map/6.json"),
  FileAttachment("../data/map/7.json"),
  FileAttachment("../data/map/8.json"),
  FileAttachment("../data/map/9.json"),
  FileAttachment("../data/map/10.json"),
  FileAttachment("../data/map/11.json"),
  FileAttachment("../data/map/12.json"),
  FileAttachment("../data/map/13.json"),
  FileAttachment("../data/map/14.json"),
  FileAttachment("../data/map/15.json"),
  FileAttachment("../data/map/16.json"),
  FileAttachment("../data/map/17.json"),
  FileAttachment("../data/map/18.json"),
  FileAttachment("../data/map/19.json"),
  FileAttachment("../data/map/20.json"),
  FileAttachment("../data/map/21.json"),
  FileAttachment("../data/map/22.json"),
  FileAttachment("../data/map/23.json")
];
const films = [
  FileAttachment("../data/film/0.json"),
  FileAttachment("../data/film/1.json"),
  FileAttachment("../data/film/2.json"),
  FileAttachment("../data/film/3.json"),
  FileAttachment("../data/film/4.json"),
  FileAttachment("../data/film/5.json"),
  FileAttachment("../data/film/6.json"),
  FileAttachment("../data/film/7.json"),
  FileAttachment("../data/film/8.json"),
  FileAttachment("../data/film/9.json"),
  FileAttachment("../data/film/10.json"),
  FileAttachment("../data/film/11.json"),
  FileAttachment("../data/film/12.json"),
  FileAttachment("../data/film/13.json"),
  FileAttachment("../data/film/14.json"),
  FileAttachment("../data/film/15.json"),
  FileAttachment("../data/film/16.json"),
  FileAttachment("../data/film/17.json"),
  FileAttachment("../data/film/18.json"),
  FileAttachment("../data/film/19.json"),
  FileAttachment("../data/film/20.json"),
  FileAttachment("../data/film/21.json"),
  FileAttachment("../data/film/22.json"),
  FileAttachment("../data/film/23.json")
];

/** How many runs of a study the page can show. */
export const slots = maps.length;

/** The maps of the run at a place of the study's list, from 0; null where it has no result. */
export const loadMap = async (slot: number): Promise<MapArtifact | null> =>
  (await maps[slot].json<{map: MapArtifact | null}>()).map;

/** How the first map of that run came about. */
export const loadFilm = async (slot: number): Promise<FilmArtifact | null> =>
  (await films[slot].json<{film: FilmArtifact | null}>()).film;
