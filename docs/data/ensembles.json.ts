import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/ensembles.js";
await emit(load);
