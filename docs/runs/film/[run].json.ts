import {emit} from "../../../src/lib/site/emit.js";
import load from "../../../src/loaders/film.js";
await emit(load);
