import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/limits.js";
await emit(load);
