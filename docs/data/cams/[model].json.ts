import {emit} from "../../../src/site/emit.js";
import load from "../../../src/loaders/cams.js";
await emit(load);
