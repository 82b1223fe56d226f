import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/versions.js";
await emit(load);
