import {emit} from "../../../src/lib/site/emit.js";
import load from "../../../src/loaders/network.js";
await emit(load);
