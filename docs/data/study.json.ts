import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/study.js";
await emit(load);
