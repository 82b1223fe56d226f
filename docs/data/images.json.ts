import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/images.js";
await emit(load);
