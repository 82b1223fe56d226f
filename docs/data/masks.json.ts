import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/masks.js";
await emit(load);
