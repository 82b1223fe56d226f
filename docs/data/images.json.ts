import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/images.js";
await emit(load);
