import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/cost.js";
await emit(load);
