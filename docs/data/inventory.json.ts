import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/inventory.js";
await emit(load);
