import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/results.js";
await emit(load);
