import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/explanations.js";
await emit(load);
