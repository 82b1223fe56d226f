import {emit} from "../../../src/site/emit.js";
import load from "../../../src/loaders/overlays.js";
await emit(load);
