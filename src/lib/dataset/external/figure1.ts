import {existsSync} from "node:fs";
import {join} from "node:path";
import {csvParse} from "d3";
import {UserError} from "../../support/errors.js";
import {readBytes} from "../../support/files.js";
import {type Collection, imagesIn} from "./collection.js";

const notStated = "Not stated";
const labels = ["COVID-19", "Pneumonia", "No finding", notStated];

/**
 * The Figure 1 COVID-19 chest X-ray dataset: `metadata.csv` names an image (`COVID-00003a`: the letter counts a
 * patient's images) and its finding, which is left empty for some. A listed image without a file is reported when it is
 * opened.
 */
export const figure1: Collection = {
  title: "Figure 1",
  labels,
  healthy: "No finding",
  list: (folder) => {
    const table = join(folder, "metadata.csv");
    const files = new Map(imagesIn(join(folder, "images")).map((file) => [file.replace(/\.\w+$/, ""), file]));
    return readFindings(table).map(({patientid, finding}, i) => {
      const file = files.get(patientid) ?? `${patientid}.jpg`;
      return {
        file,
        path: join(folder, "images", file),
        label: labelOf(finding.trim(), `${table}, line ${i + 2}`),
        patient: patientid.replace(/[a-z]$/, "")
      };
    });
  }
};

function readFindings(table: string) {
  if (!existsSync(table)) {
    throw new UserError(`The findings of Figure 1's images are not here: ${table} does not exist.`, {
      hint: "The collection is published with this table; put it back."
    });
  }
  // Its notes hold bytes of another encoding than UTF-8; what is read here is ASCII.
  const lines = csvParse(readBytes(table).toString("latin1"));
  const missing = ["patientid", "finding"].filter((column) => !lines.columns.includes(column));
  if (missing.length > 0) throw new UserError(`${table} has no column ${missing.join(", ")}.`);
  return lines;
}

function labelOf(finding: string, where: string): number {
  const label = labels.indexOf(finding || notStated);
  if (label >= 0) return label;
  throw new UserError(`${where}: the finding "${finding}" is not known.`, {
    hint: `Known are ${labels.slice(0, -1).join(", ")}, and nothing where none is stated.`
  });
}
