import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/augmentations.js";
await emit(load);
