import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/inventory.js";
await emit(load);
