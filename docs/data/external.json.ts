import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/external.js";
await emit(load);
