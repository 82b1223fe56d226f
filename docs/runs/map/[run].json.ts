import {emit} from "../../../src/site/emit.js";
import load from "../../../src/loaders/map.js";
await emit(load);
