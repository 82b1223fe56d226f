import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/first-filters.js";
await emit(load);
