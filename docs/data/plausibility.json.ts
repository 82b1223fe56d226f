import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/plausibility.js";
await emit(load);
