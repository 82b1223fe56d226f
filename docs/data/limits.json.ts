import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/limits.js";
await emit(load);
