import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/published-networks.js";
await emit(load);
