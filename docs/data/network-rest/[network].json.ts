import {emit} from "../../../src/lib/site/emit.js";
import {rest} from "../../../src/loaders/network.js";
await emit(rest);
