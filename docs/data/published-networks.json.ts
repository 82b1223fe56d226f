import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/published-networks.js";
await emit(load);
