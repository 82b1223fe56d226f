import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/ensembles.js";
await emit(load);
