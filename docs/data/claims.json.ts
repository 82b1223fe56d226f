import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/claims.js";
await emit(load);
