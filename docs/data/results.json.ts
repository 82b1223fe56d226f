import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/results.js";
await emit(load);
