import {emit} from "../../src/lib/site/emit.js";
import fonts from "../../src/loaders/fonts.js";
await emit(fonts);
