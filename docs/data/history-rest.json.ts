import {emit} from "../../src/lib/site/emit.js";
import {rest} from "../../src/loaders/history.js";
await emit(rest);
