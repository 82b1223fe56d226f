import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/external.js";
await emit(load);
