import {z} from "zod";
import {UserError} from "../support/errors.js";
import {openCohen} from "./cohen.js";
import {openCohenOthers} from "./cohen-others.js";
import {covidxClasses, openCovidx} from "./covidx.js";
import type {CollectionName} from "./external.js";
import {collections, openExternal} from "./external.js";
import type {FolderOptions} from "./folder.js";
import {openFolder} from "./folder.js";
import type {PhantomOptions} from "./phantom.js";
import {openPhantom} from "./phantom.js";
import type {Dataset} from "./types.js";

const share = z.number().min(0).max(1);

/** The datasets that a study may declare, with the settings of each. */
export const datasetSettings = z.discriminatedUnion("name", [
  z.strictObject({name: z.literal("covidx")}),
  z.strictObject({
    name: z.literal("phantom"),
    /** Images of each class. */
    train: z.int().min(4).max(10000).default(60),
    test: z.int().min(2).max(10000).default(40),
    seed: z
      .int()
      .min(0)
      .max(2 ** 32 - 1)
      .default(1),
    /** Plants a shortcut: the share of a class's images that carry a bright tag in the corner. */
    marker: z.strictObject({class: z.enum(covidxClasses), train: share.optional(), test: share.optional()}).optional()
  }),
  z.strictObject({name: z.literal("folder"), path: z.string().min(1)})
]);

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
    case "cohen":
      return openCohen();
    case "cohen-others":
      return openCohenOthers();
  }
  if (Object.hasOwn(collections, source.name)) return openExternal(source.name);
  throw new UserError(`There is no dataset "${(source as {name: string}).name}".`, {
    hint: "Use covidx, phantom, or a folder of classes."
  });
}
