import {emit} from "../../src/site/emit.js";
import fonts from "../../src/loaders/fonts.js";
await emit(fonts);
