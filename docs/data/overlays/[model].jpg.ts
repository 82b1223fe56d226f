import {emit} from "../../../src/lib/site/emit.js";
import load from "../../../src/loaders/overlays.js";
await emit(load);
