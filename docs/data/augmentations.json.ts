import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/augmentations.js";
await emit(load);
