import {emit} from "../../src/site/emit.js";
import {rest} from "../../src/loaders/history.js";
await emit(rest);
