import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/pretraining.js";
await emit(load);
