import {emit} from "../../../src/lib/site/emit.js";
import load from "../../../src/loaders/cams.js";
await emit(load);
