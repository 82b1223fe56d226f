import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/provenance.js";
await emit(load);
