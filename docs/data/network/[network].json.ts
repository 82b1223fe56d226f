import {emit} from "../../../src/site/emit.js";
import load from "../../../src/loaders/network.js";
await emit(load);
