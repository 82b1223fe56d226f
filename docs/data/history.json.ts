import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/history.js";
await emit(load);
