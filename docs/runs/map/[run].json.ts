import {emit} from "../../../src/lib/site/emit.js";
import load from "../../../src/loaders/map.js";
await emit(load);
