import {illustrateStudy, layout} from "./augmentations.js";
import {sheet} from "../report/data/sheet.js";

/** Training images, augmented copies and mixes in one JPEG. */
export default async (): Promise<Uint8Array> => sheet((await illustrateStudy()).cells, layout);
