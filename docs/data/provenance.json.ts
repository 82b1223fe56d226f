import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/provenance.js";
await emit(load);
