import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/versions.js";
await emit(load);
