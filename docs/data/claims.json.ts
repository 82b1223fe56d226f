import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/claims.js";
await emit(load);
