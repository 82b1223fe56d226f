import {emit} from "../../../src/site/emit.js";
import load from "../../../src/loaders/film.js";
await emit(load);
