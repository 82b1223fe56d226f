import {emit} from "../../../src/site/emit.js";
import {rest} from "../../../src/loaders/network.js";
await emit(rest);
