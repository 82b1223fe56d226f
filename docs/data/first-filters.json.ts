import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/first-filters.js";
await emit(load);
