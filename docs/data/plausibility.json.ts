import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/plausibility.js";
await emit(load);
