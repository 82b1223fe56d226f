import {emit} from "../../src/lib/site/emit.js";
import load from "../../src/loaders/image-sheet.js";
await emit(load);
