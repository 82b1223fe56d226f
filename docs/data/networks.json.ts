import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/networks.js";
await emit(load);
