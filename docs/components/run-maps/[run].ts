import {FileAttachment} from "observablehq:stdlib";

// A module for each run: Framework wants to know every file when it builds, and here fills in the run (`dynamicPaths`).
export const map = FileAttachment(`../../data/map/${observable.params.run}.json`);
export const film = FileAttachment(`../../data/film/${observable.params.run}.json`);
