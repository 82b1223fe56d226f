import {emit} from "../../src/site/emit.js";
import load from "../../src/loaders/image-sheet.js";
await emit(load);
