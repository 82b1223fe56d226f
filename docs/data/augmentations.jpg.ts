import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/augmentation-sheet.js";
await emit(load);
