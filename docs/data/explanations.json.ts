import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/explanations.js";
await emit(load);
