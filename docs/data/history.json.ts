import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/history.js";
await emit(load);
