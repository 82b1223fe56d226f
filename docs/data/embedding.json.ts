import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/embedding.js";
await emit(load);
