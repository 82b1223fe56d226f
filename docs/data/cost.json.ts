import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/cost.js";
await emit(load);
