import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/networks.js";
await emit(load);
