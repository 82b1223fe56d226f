import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/study.js";
await emit(load);
