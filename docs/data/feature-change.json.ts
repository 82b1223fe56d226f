import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/feature-change.js";
await emit(load);
