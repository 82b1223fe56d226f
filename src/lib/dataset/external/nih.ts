import {join} from "node:path";
import {type Collection, imagesIn} from "./collection.js";

/** One folder for each label, in their order. */
const folders = ["No_findings", "Pneumonia"];

/**
 * A selection of NIH ChestX-ray8 (Wang et al. 2017, arXiv:1705.02315), whose labels a program read off radiologists'
 * reports. A file is called after its patient: `00001280_004.jpg`.
 */
export const nih: Collection = {
  title: "NIH ChestX-ray8",
  labels: ["No finding", "Pneumonia"],
  healthy: "No finding",
  list: (folder) =>
    folders.flatMap((name, label) =>
      imagesIn(join(folder, "images", name)).map((file) => ({
        file: `${name}/${file}`,
        path: join(folder, "images", name, file),
        label,
        patient: file.split("_")[0]
      }))
    )
};
