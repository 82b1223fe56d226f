import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/pretraining.js";
await emit(load);
