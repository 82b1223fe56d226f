import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/feature-change.js";
await emit(load);
