import {UserError} from "../support/errors.js";
import {openCohen} from "./cohen.js";
import {openCohenOthers} from "./cohen-others.js";
import {openCovidx} from "./covidx.js";
import type {CollectionName} from "./external.js";
import {openExternal} from "./external.js";
import type {FolderOptions} from "./folder.js";
import {openFolder} from "./folder.js";
import type {PhantomOptions} from "./phantom.js";
import {openPhantom} from "./phantom.js";
import type {Dataset} from "./types.js";

/** Which dataset: one that a study may declare, or a collection that never trains. */
export type DatasetSource =
  | {name: "covidx"; path?: string}
  | ({name: "phantom"} & PhantomOptions)
  | ({name: "folder"} & FolderOptions)
  | {name: CollectionName}
  | {name: "cohen"}
  | {name: "cohen-others"};

/** Reads a dataset's lists; no image is opened. Throws `UserError` for an unknown name and as each dataset says. */
export async function openDataset(source: DatasetSource): Promise<Dataset> {
  switch (source.name) {
    case "covidx":
      return openCovidx(source.path);
    case "phantom":
      return openPhantom(source);
    case "folder":
      return openFolder(source);
    case "nih":
    case "figure1":
      return openExternal(source.name);
    case "cohen":
      return openCohen();
    case "cohen-others":
      return openCohenOthers();
  }
  throw new UserError(`There is no dataset "${(source as {name: string}).name}".`, {
    hint: "Use covidx, phantom, or a folder of classes."
  });
}
