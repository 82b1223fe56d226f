import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/masks.js";
await emit(load);
